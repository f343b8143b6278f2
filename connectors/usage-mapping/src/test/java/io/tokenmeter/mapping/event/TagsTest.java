package io.tokenmeter.mapping.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TagsTest {

  private final Tags tags = new Tags();

  @Test
  void longValue_isCutAndSaysSo_neverInsideACharacter() {
    tags.put("long", "x".repeat(257));
    tags.put("just fits", "y".repeat(256));
    tags.put("emoji", "z".repeat(254) + "\uD83D\uDE00" + "more");

    assertThat(tags.toMap())
        .containsEntry("long", "x".repeat(255) + "…")
        .containsEntry("just fits", "y".repeat(256))
        .containsEntry("emoji", "z".repeat(254) + "…");
  }

  @Test
  void tagsBeyondTheBound_areLeftOutAndCounted() {
    for (int i = 0; i < 70; i++) {
      tags.put("tag" + i, "value");
    }
    tags.put("n".repeat(129), "value");

    assertThat(tags.toMap()).hasSize(Tags.MAX_TAGS).containsEntry(Tags.DROPPED, "8");
  }

  @Test
  void firstValueOfAName_stays_unlessItIsAppendedTo() {
    tags.put("a", "1");
    tags.put("a", "2");
    tags.append("b", "1");
    tags.append("b", "2");
    tags.put("blank", " ");

    assertThat(tags.toMap()).containsOnly(Map.entry("a", "1"), Map.entry("b", "1,2"));
  }

  @Test
  void noTags_areNoMap() {
    assertThat(tags.toMap()).isNull();
  }
}
