package io.tokenmeter.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.QuantileSketch;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.RunSums;
import io.tokenmeter.domain.run.CountedRun;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.rollup.RollupBundle.Subject;
import io.tokenmeter.streams.usage.Name;
import io.tokenmeter.streams.usage.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollupBundleTest {
  private static final byte[] MODEL = "model".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PAIR = "api_key+model".getBytes(StandardCharsets.UTF_8);

  private final NameTable names = new NameTable();
  private final AvroBodyWriter out = new AvroBodyWriter();

  @Test
  void sumsOfABundle_areReadInTheirOrder() {
    Random random = new Random(4);
    List<RollupTotals> written = new ArrayList<>();
    RollupBundle.begin(out, 1_773_570_600_250_000L);
    for (int i = 0; i < 300; i++) {
      RollupTotals totals = random(random);
      written.add(totals);
      boolean pair = i % 2 == 0;
      Name second = pair ? name("m" + i) : null;
      RollupBundle.append(
          out,
          pair ? PAIR : MODEL,
          new PartialSums.Partial(name("k" + i), second, i - 150, totals));
    }
    List<RollupBundle.Entry> read = new ArrayList<>();
    assertThat(RollupBundle.read(out.toByteArray(), read::add)).isEqualTo(1_773_570_600_250_000L);
    assertThat(read).hasSize(300);
    for (int i = 0; i < 300; i++) {
      RollupBundle.Entry entry = read.get(i);
      assertThat(RollupBundle.subject(entry.subject()))
          .isEqualTo(
              i % 2 == 0
                  ? new Subject("api_key+model", "k" + i, "m" + i)
                  : new Subject("model", "k" + i, null));
      assertThat(entry.minute()).isEqualTo(i - 150);
      assertEqual(entry.delta(), written.get(i));
    }
  }

  @Test
  void subjectsOfOneKey_areEqualBytesWhateverIsSummed() {
    RollupBundle.begin(out, 0);
    RollupBundle.append(out, MODEL, partial("a", new RollupTotals()));
    RollupBundle.append(out, MODEL, partial("a", random(new Random(1))));
    RollupBundle.append(out, MODEL, partial("b", new RollupTotals()));
    List<byte[]> subjects = new ArrayList<>();
    RollupBundle.read(out.toByteArray(), entry -> subjects.add(entry.subject()));
    assertThat(subjects.get(0)).isEqualTo(subjects.get(1)).isNotEqualTo(subjects.get(2));
  }

  @Test
  void windowState_isReadBackWithItsRevision() {
    WindowState state = new WindowState();
    state.totals.add(random(new Random(9)));
    state.revision = 1L << 40;
    WindowState read = WindowState.decode(state.encode(out));
    assertThat(read.revision).isEqualTo(1L << 40);
    assertEqual(read.totals, state.totals);
  }

  private PartialSums.Partial partial(String key, RollupTotals totals) {
    return new PartialSums.Partial(name(key), null, 7, totals);
  }

  private Name name(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return names.of(bytes, Slice.of(0, bytes.length));
  }

  static RollupTotals random(Random random) {
    RollupTotals totals = new RollupTotals();
    totals.requests = count(random);
    totals.errors = count(random);
    totals.retries = count(random);
    totals.unpricedRequests = count(random) - 5;
    totals.fallbackRequests = count(random);
    totals.inputTokens = count(random);
    totals.cacheReadTokens = count(random);
    totals.cacheWriteTokens = count(random);
    totals.outputTokens = count(random);
    totals.reasoningTokens = count(random);
    for (int slot = 0; slot < RollupTotals.COST_SLOTS; slot++) {
      if (random.nextBoolean()) {
        totals.addCost(slot, random.nextInt(2_000) - 1_000, random.nextLong());
      }
    }
    for (int i = random.nextInt(4) * random.nextInt(50); i > 0; i--) {
      totals.addLatency(QuantileSketch.bin(random.nextInt(120_000)));
    }
    totals.runs(random.nextBoolean() ? runs(random) : null);
    return totals;
  }

  private static RunSums runs(Random random) {
    RunSums runs = new RunSums();
    for (int i = 1 + random.nextInt(20); i > 0; i--) {
      Money cost = Money.of(random.nextInt(10) / 9, random.nextLong() >>> random.nextInt(63));
      new CountedRun("w", 7, random.nextBoolean(), count(random), count(random), cost, cost)
          .addTo(runs);
    }
    return runs;
  }

  private static long count(Random random) {
    return random.nextLong() >>> 1 + random.nextInt(63);
  }

  private static void assertEqual(RollupTotals actual, RollupTotals expected) {
    assertThat(actual)
        .usingRecursiveComparison()
        .ignoringFields("latency", "runs.costs")
        .isEqualTo(expected);
    if (expected.runs() != null) {
      assertThat(actual.runs().costs().encode()).isEqualTo(expected.runs().costs().encode());
    }
    if (expected.latency() == null) {
      assertThat(actual.latency()).isNull();
    } else {
      assertThat(actual.latency().encode()).isEqualTo(expected.latency().encode());
    }
  }
}
