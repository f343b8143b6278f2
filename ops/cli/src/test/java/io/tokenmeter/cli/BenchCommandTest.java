package io.tokenmeter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

  @Test
  void json_isAllThatStandardOutputGets() throws Exception {
    CommandRun run = CommandRun.of("bench", "--rungs", "a", "--events", "2000", "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.at("/rungs/plain_consumer/events_per_second").asLong()).isPositive();
    assertThat(json.at("/rungs/plain_consumer/totals_exact").asBoolean()).isTrue();
    assertThat(json.at("/workload/events").asLong()).isEqualTo(2000);
    assertThat(json.has("ratios")).isTrue();
    assertThat(run.err()).contains("filling bench.usage-events with 2,000 events");
  }

  @Test
  void unknownRung_isWrongUsage() {
    CommandRun run = CommandRun.of("bench", "--rungs", "a,x");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("tokenmeter: --rungs: no such rung: x");
  }

  @Test
  void argumentsForJmh_areWrongUsageWithoutJmh() {
    CommandRun run = CommandRun.of("bench", "Decoder");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("tokenmeter: unexpected Decoder");
  }
}
