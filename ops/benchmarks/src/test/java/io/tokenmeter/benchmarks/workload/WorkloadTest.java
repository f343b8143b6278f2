package io.tokenmeter.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private final GeneratedEvent event = new GeneratedEvent();

  @Test
  void sameSeed_givesTheSameEvents_whereverReadingBegins() {
    Workload workload = new Workload(7, 100_000, Variant.DEFAULT);
    Workload again = new Workload(7, 100_000, Variant.DEFAULT);
    EventEncoder encoder = new EventEncoder(1);
    workload.read(99, event);
    again.read(77_777, event);
    byte[] directly = encoder.value(event);
    for (long i = 77_000; i <= 77_777; i++) {
      workload.read(i, event);
    }
    assertThat(encoder.value(event)).isEqualTo(directly);
    assertThat(Totals.of(workload, 20_000)).isEqualTo(Totals.of(again, 20_000));
  }

  @Test
  void otherSeed_givesOtherEvents() {
    assertThat(Totals.of(new Workload(1, 10_000, Variant.DEFAULT), 10_000))
        .isNotEqualTo(Totals.of(new Workload(2, 10_000, Variant.DEFAULT), 10_000));
  }

  @Test
  void defaultTraffic_isSkewedAsDescribed() {
    Workload workload = new Workload(42, 200_000, Variant.DEFAULT);
    int[] models = new int[PriceSheet.MODELS.size()];
    int[] apiKeys = new int[Workload.API_KEYS];
    BitSet workflows = new BitSet();
    BitSet projects = new BitSet();
    for (long i = 0; i < workload.events(); i++) {
      workload.read(i, event);
      models[event.model]++;
      apiKeys[event.apiKey]++;
      workflows.set(event.workflow);
      projects.set(event.project);
    }
    assertThat((models[0] + models[1]) / 200_000.0).isBetween(0.49, 0.51);
    assertThat(Arrays.stream(models).allMatch(count -> count > 0)).isTrue();
    assertThat(apiKeys[0]).isGreaterThan(100 * apiKeys[Workload.API_KEYS - 1]);
    assertThat(Arrays.stream(apiKeys).filter(count -> count > 0).count()).isEqualTo(500);
    assertThat(workflows.cardinality()).isEqualTo(40);
    assertThat(projects.cardinality()).isEqualTo(20);
  }

  @Test
  void eventTime_runsAtFiveThousandEventsASecond() {
    Workload workload = new Workload(42, 200_000, Variant.DEFAULT);
    workload.read(0, event);
    long start = event.occurredAtMicros;
    workload.read(150_000, event);
    assertThat(event.occurredAtMicros - start).isEqualTo(30_000_000);
  }

  @Test
  void runs_haveEightStepsWithTheSameSubject() {
    Workload workload = new Workload(42, 200_000, Variant.DEFAULT);
    workload.read(8_003, event);
    long run = event.run;
    int apiKey = event.apiKey;
    for (int step = 0; step < 8; step++) {
      workload.read(8_003 + step * 1_000L, event);
      assertThat(event.run).isEqualTo(run);
      assertThat(event.apiKey).isEqualTo(apiKey);
      assertThat(event.step).isEqualTo(step);
    }
    workload.read(8_004, event);
    assertThat(event.run).isNotEqualTo(run);
  }

  @Test
  void counts_areInTheNormalForm() {
    Workload workload = new Workload(3, 100_000, Variant.DEFAULT);
    for (long i = 0; i < workload.events(); i++) {
      workload.read(i, event);
      assertThat(event.cacheReadTokens + event.cacheWriteTokens)
          .isLessThanOrEqualTo(event.inputTokens);
      assertThat(event.reasoningTokens).isLessThanOrEqualTo(event.outputTokens);
    }
  }

  @Test
  void hotVariant_hasOneModelAndOneKey() {
    Workload workload = new Workload(42, 20_000, Variant.HOT);
    for (long i = 0; i < workload.events(); i++) {
      workload.read(i, event);
      assertThat(event.model).isZero();
      assertThat(event.apiKey).isZero();
    }
  }

  @Test
  void duplicatesVariant_repeatsEveryTenthEventExactly() {
    Workload workload = new Workload(42, 100_000, Variant.DUPLICATES);
    EventEncoder encoder = new EventEncoder(1);
    Set<String> seen = new HashSet<>();
    int duplicates = 0;
    for (long i = 0; i < workload.events(); i++) {
      workload.read(i, event);
      boolean first = seen.add(Arrays.toString(encoder.value(event)));
      assertThat(event.isDuplicate()).isEqualTo(!first);
      duplicates += first ? 0 : 1;
    }
    assertThat(duplicates).isEqualTo(10_000);
    Totals totals = Totals.of(workload, 100_000);
    assertThat(totals.events()).isEqualTo(100_000);
    assertThat(totals.distinctEvents()).isEqualTo(90_000);
    assertThat(totals.distinctCostPicos()).isLessThan(totals.costPicos());
  }

  @Test
  void keysVariant_usesAMillionKeys() {
    Workload workload = new Workload(42, 1_000_000, Variant.KEYS);
    BitSet keys = new BitSet();
    for (long i = 0; i < workload.events(); i++) {
      workload.read(i, event);
      keys.set(event.apiKey);
    }
    assertThat(keys.cardinality()).isEqualTo(1_000_000);
  }
}
