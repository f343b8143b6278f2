package io.tokenmeter.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MappingOptionsTest {

  private static final String OPENMETER =
      """
      {"specversion":"1.0","id":"1","source":"s","type":"ai-tokens","time":"2026-03-01T13:00:00Z",
       "data":{"model":"gpt-4","type":"input","tokens":850,"prompt":"never in an event"}}
      """;

  @Test
  void defaultProvider_isTakenWhereTheFormatHasNone() {
    MappedBatch batch = map(MappingOptions.DEFAULT.withDefaultProvider("openai"));

    assertThat(batch.events()).singleElement().extracting("provider").isEqualTo("openai");
    assertThat(batch.events().get(0).getTags()).doesNotContainKey("prompt");
  }

  @Test
  void eventFurtherAheadThanTheSkew_isRejected() {
    MappingOptions options = MappingOptions.DEFAULT.withDefaultProvider("openai");

    assertThat(map(options.withMaxSkew(Duration.ofMinutes(61))).events()).hasSize(1);
    assertThat(map(options.withMaxSkew(Duration.ofMinutes(59))).rejections())
        .singleElement()
        .asString()
        .startsWith("OCCURRED_IN_FUTURE: occurred_at is 2026-03-01T13:00:00Z");
  }

  private static MappedBatch map(MappingOptions options) {
    return UsageFormat.CLOUD_EVENTS
        .mapping(options)
        .map(OPENMETER.getBytes(StandardCharsets.UTF_8), Golden.RECEIVED_AT);
  }
}
