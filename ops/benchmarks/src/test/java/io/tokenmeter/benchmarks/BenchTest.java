package io.tokenmeter.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.benchmarks.workload.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

  @TempDir Path directory;

  @Test
  void everyRung_arrivesAtTheExactTotals() throws Exception {
    List<Rung> rungs = List.of(Rung.values());
    BenchOptions options =
        new BenchOptions(
            20_000,
            1,
            1,
            Variant.DUPLICATES,
            rungs,
            2,
            1,
            2_000,
            20_000,
            0.2,
            List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"),
            null,
            directory);
    List<String> progress = new ArrayList<>();

    BenchReport report = new Bench(options, progress::add).run();

    assertThat(report.exact()).as("%s", progress).isTrue();
    assertThat(report.rungs()).containsOnlyKeys(rungs);
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    for (Rung rung : rungs) {
      JsonNode figures = json.path("rungs").path(rung.id());
      assertThat(figures.path("events_per_second").asLong()).isPositive();
      assertThat(figures.path("totals_exact").asBoolean()).isTrue();
    }
    assertThat(
            json.path("rungs").path("transactional_copy").path("bytes_written_per_event").asInt())
        .isBetween(300, 600);
    assertThat(report.toText()).contains("(a) plain consumer", "(c) is slow", "OK");
  }
}
