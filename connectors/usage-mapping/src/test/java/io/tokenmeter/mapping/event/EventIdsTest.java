package io.tokenmeter.mapping.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventIdsTest {

  @Test
  void idsThatDifferOnlyInWhereTheyAreSplit_stayDifferent() {
    assertThat(EventIds.of("cloudevents", "a/b", "c")).isEqualTo("cloudevents/a%2Fb/c");
    assertThat(EventIds.of("cloudevents", "a", "b/c")).isEqualTo("cloudevents/a/b%2Fc");
    assertThat(EventIds.of("cloudevents", "a%2Fb", "c")).isEqualTo("cloudevents/a%252Fb/c");
  }

  @Test
  void longIds_areHashed_andStayTheSameEachTime() {
    String id = EventIds.of("litellm", "x".repeat(201));

    assertThat(id)
        .hasSize("litellm/sha256-".length() + 64)
        .isEqualTo(EventIds.of("litellm", "x".repeat(201)));
    assertThat(EventIds.of("litellm", "x".repeat(202))).isNotEqualTo(id);
    assertThat(EventIds.of("litellm", "x".repeat(200))).endsWith("/" + "x".repeat(200));
  }
}
