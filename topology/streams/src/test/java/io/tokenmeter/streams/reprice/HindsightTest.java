package io.tokenmeter.streams.reprice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.fixture.Flow;
import io.tokenmeter.streams.fixture.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repriced usage is what it would be if its prices had been known from the start: every costed
 * record, roll-up and run, up to its revision.
 */
class HindsightTest {
  private static final int TIMELINES = 4;
  private static final int EVENTS = 60;
  private static final Duration STEP = Duration.ofMillis(200);
  private static final Instant START = Instant.parse("2026-03-15T09:00:00Z");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void randomPriceTimeline_repricedInTheEnd_equalsOneThatWasKnownFromTheStart(boolean repartition) {
    long first = Long.getLong("tokenmeter.test.seed", System.nanoTime());
    for (long seed = first; seed < first + TIMELINES; seed++) {
      try {
        assertEqualsHindsight(seed, repartition);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("with -Dtokenmeter.test.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void assertEqualsHindsight(long seed, boolean repartition) {
    Random random = new Random(seed);
    List<UsageEvent> events = events(random);
    RandomPrices prices = new RandomPrices(random);
    try (Flow late = flow(repartition);
        Flow knowing = flow(repartition)) {
      Map<String, CostedUsage> corrected = live(events, prices, late, random);
      knowing.publish(prices.rows().toArray(PriceRow[]::new));
      for (UsageEvent event : events) {
        knowing.send(event);
        pause(event, knowing);
      }
      close(knowing);
      Map<String, CostedUsage> known = new TreeMap<>();
      take(knowing, known);

      assertThat(differences(corrected, known)).isEmpty();
      assertThat(differences(late.runs().byId(), knowing.runs().byId())).isEmpty();
      assertThat(differences(late.rollups().byKey(), knowing.rollups().byKey())).isEmpty();
    }
  }

  private static Flow flow(boolean repartition) {
    return Flow.with(
        Map.of(
            TokenmeterConfig.RUNS_REPARTITION,
            Boolean.toString(repartition),
            TokenmeterConfig.ROLLUP_DIMENSIONS,
            "workflow,project,api_key+model",
            TokenmeterConfig.DETECTORS_ENABLED,
            "false",
            TokenmeterConfig.REPRICE_STEP_EVENTS,
            "17"));
  }

  /** Events come while prices change, and somebody asks for this and that in between. */
  private static Map<String, CostedUsage> live(
      List<UsageEvent> events, RandomPrices prices, Flow flow, Random random) {
    Map<String, CostedUsage> latest = new TreeMap<>();
    List<CostedUsage> all = new ArrayList<>();
    for (UsageEvent event : events) {
      if (random.nextInt(8) == 0) {
        prices.change(flow);
      }
      flow.send(event);
      if (random.nextInt(6) == 0) {
        flow.send(events.get(random.nextInt(events.indexOf(event) + 1)));
      }
      all.addAll(take(flow, latest));
      if (random.nextInt(12) == 0) {
        // Any revision, and the same ones again and again.
        flow.reprice(all.get(random.nextInt(all.size())), all.get(random.nextInt(all.size())));
      }
      pause(event, flow);
    }
    close(flow);
    prices.change(flow);
    flow.advance(STEP);
    take(flow, latest);
    // Once to correct everything, and once more for the dearest steps, which may have been let go.
    for (int i = 0; i < 2; i++) {
      List<CostedUsage> requests = new ArrayList<>(latest.values());
      requests.addAll(latest.values());
      Collections.shuffle(requests, random);
      flow.reprice(requests.toArray(CostedUsage[]::new));
      for (int step = 0; step * 17 < requests.size() + 17; step++) {
        flow.advance(STEP);
      }
      take(flow, latest);
    }
    return latest;
  }

  /** Now and then, at the same events in both. */
  private static void pause(UsageEvent event, Flow flow) {
    if (event.getEventId().endsWith("7")) {
      flow.advance(STEP);
    }
  }

  /** Hours later, so that all runs close. */
  private static void close(Flow flow) {
    Instant later = START.plusSeconds(6 * 3600);
    flow.advance(Duration.ofSeconds(1));
    flow.send(Usage.request("last").setRunId("last").setOccurredAt(later).build());
    flow.advance(Duration.ofSeconds(1));
  }

  private static List<CostedUsage> take(Flow flow, Map<String, CostedUsage> latest) {
    List<CostedUsage> records = flow.costed();
    for (CostedUsage record : records) {
      CostedUsage before = latest.put(record.getEventId(), record);
      int revision = before == null ? 1 : before.getRevision() + 1;
      assertThat(record.getRevision())
          .as("revision of %s", record.getEventId())
          .isEqualTo(revision);
    }
    return records;
  }

  private static List<UsageEvent> events(Random random) {
    List<UsageEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      int run = random.nextInt(7);
      boolean ofRun = run < 5;
      boolean span = ofRun && random.nextInt(12) == 0;
      long input = random.nextInt(4_000);
      events.add(
          Usage.request("e" + i)
              .setOccurredAt(START.plusSeconds(random.nextInt(6_000)))
              .setProvider("p")
              .setModel(RandomPrices.MODELS.get(random.nextInt(RandomPrices.MODELS.size())))
              .setServiceTier(random.nextInt(4) == 0 ? "batch" : null)
              .setProject(random.nextBoolean() ? "research" : null)
              .setApiKeyId("key-" + random.nextInt(3))
              .setWorkflow(ofRun ? "w" + run % 2 : null)
              .setRunId(ofRun ? "r" + run : null)
              .setStepId(ofRun ? "s" + i : null)
              .setParentStepId(ofRun && random.nextBoolean() ? "s" + random.nextInt(i + 1) : null)
              .setStepName(ofRun ? "step-" + random.nextInt(3) : null)
              .setAttempt(random.nextInt(6) == 0 ? 2 : null)
              .setCostRole(span ? CostRole.ROLLUP : CostRole.LEAF)
              .setStatus(RequestStatus.values()[random.nextInt(8) == 0 ? 1 : 0])
              .setLatencyMs((long) random.nextInt(3_000))
              .setInputTokens(input)
              .setCacheReadTokens(random.nextBoolean() ? input / 3 : null)
              .setOutputTokens(200L + random.nextInt(500))
              .setReasoningTokens(random.nextInt(3) == 0 ? 100L : null)
              .build());
    }
    // A run stays in the minute in which it was counted first, which depends on when it closes.
    events.sort(Comparator.comparing(UsageEvent::getOccurredAt));
    return events;
  }

  /** In a line for each field of a record that is not as it should be. */
  private static List<String> differences(
      Map<String, ? extends IndexedRecord> corrected, Map<String, ? extends IndexedRecord> known) {
    assertThat(corrected.keySet()).containsExactlyInAnyOrderElementsOf(known.keySet());
    List<String> differences = new ArrayList<>();
    known.forEach(
        (key, expected) -> {
          IndexedRecord actual = corrected.get(key);
          for (Schema.Field field : expected.getSchema().getFields()) {
            Object wanted = expected.get(field.pos());
            Object found = actual.get(field.pos());
            if (!mayDiffer(field, expected) && !Objects.equals(wanted, found)) {
              differences.add(key + " " + field.name() + ": " + found + " instead of " + wanted);
            }
          }
        });
    return differences;
  }

  /** A record without a price says why it had none when it was written. */
  private static boolean mayDiffer(Schema.Field field, IndexedRecord record) {
    boolean unpriced =
        record instanceof CostedUsage costed && costed.getPricingStatus() == PricingStatus.UNPRICED;
    return field.name().equals("revision")
        || (unpriced
            && (field.name().equals("unpriced_reason") || field.name().startsWith("price_")));
  }
}
