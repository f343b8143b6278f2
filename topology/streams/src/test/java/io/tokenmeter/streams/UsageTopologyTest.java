package io.tokenmeter.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tokenmeter.streams.registry.WireHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and connections of the whole flow, as they are reviewed in topology.txt. */
class UsageTopologyTest {
  @Test
  void describe_defaultSettings_isTheReviewedText() throws IOException {
    String description = topology();

    assertThat(description).isEqualTo(reviewed());
  }

  @Test
  void describe_defaultSettings_hasNoGeneratedName() {
    assertThat(topology()).doesNotContain("KSTREAM-").doesNotContain("KTABLE-");
  }

  private static String topology() {
    TokenmeterConfig config =
        new TokenmeterConfig(
            Map.of("bootstrap.servers", "localhost:1", "registry.url", "http://localhost:2"));
    Stages stages =
        new Stages(
            config,
            new io.tokenmeter.streams.registry.Serdes(config),
            new WireHeaders(new byte[5], new byte[5], new byte[5], new byte[5], new byte[5]),
            new Meters(new SimpleMeterRegistry()));
    return new UsageTopology(config, stages).build().describe().toString();
  }

  private static String reviewed() throws IOException {
    try (InputStream text = UsageTopologyTest.class.getResourceAsStream("topology.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
