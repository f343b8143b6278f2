package io.tokenmeter.streams.rollup;

import static io.tokenmeter.schemas.Granularity.DAY;
import static io.tokenmeter.schemas.Granularity.HOUR;
import static io.tokenmeter.schemas.Granularity.MINUTE;
import static io.tokenmeter.schemas.Granularity.MONTH;
import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.OCCURRED_AT;
import static io.tokenmeter.streams.fixture.Usage.request;
import static io.tokenmeter.streams.fixture.Usage.usd;
import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.streams.fixture.Flow;
import io.tokenmeter.streams.fixture.Rollups;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RollUpTest {
  private Flow flow = Flow.start();

  @AfterEach
  void close() {
    flow.close();
  }

  // Windows.

  @Test
  void event_isInItsMinuteHourDayAndMonth() {
    flow.publish(GPT_4O).send(request("e").build());
    Rollups rollups = flow.rollups();
    assertWindow(rollups, MINUTE, "2026-03-15T10:17:00Z", "2026-03-15T10:18:00Z");
    assertWindow(rollups, HOUR, "2026-03-15T10:00:00Z", "2026-03-15T11:00:00Z");
    assertWindow(rollups, DAY, "2026-03-15T00:00:00Z", "2026-03-16T00:00:00Z");
    assertWindow(rollups, MONTH, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
    assertThat(rollups.only(MINUTE, "model", "gpt-4o").getTimeZone()).isEqualTo("UTC");
  }

  @Test
  void windowsInKolkata_beginAtHalfPastInUtc() {
    restartInZone("Asia/Kolkata");
    flow.publish(GPT_4O).send(request("e").build());
    Rollups rollups = flow.rollups();
    assertWindow(rollups, HOUR, "2026-03-15T09:30:00Z", "2026-03-15T10:30:00Z");
    assertWindow(rollups, DAY, "2026-03-14T18:30:00Z", "2026-03-15T18:30:00Z");
    assertWindow(rollups, MONTH, "2026-02-28T18:30:00Z", "2026-03-31T18:30:00Z");
    assertThat(rollups.only(HOUR, "model", "gpt-4o").getTimeZone()).isEqualTo("Asia/Kolkata");
  }

  @Test
  void dayInBerlinWhenTheClockGoesForward_has23Hours() {
    restartInZone("Europe/Berlin");
    flow.publish(GPT_4O);
    sendEachHour("2026-03-28T22:30:00Z", 26);
    Rollups rollups = flow.rollups();
    UsageRollup sunday = rollups.at(DAY, "2026-03-28T23:00:00Z", "model", "gpt-4o");
    assertThat(sunday.getWindowEnd()).isEqualTo("2026-03-29T22:00:00Z");
    assertThat(sunday.getRequests()).isEqualTo(23);
    assertThat(rollups.of(HOUR, "model")).hasSize(26);
    assertThat(rollups.at(MONTH, "2026-02-28T23:00:00Z", "model", "gpt-4o").getWindowEnd())
        .isEqualTo("2026-03-31T22:00:00Z");
  }

  @Test
  void dayInBerlinWhenTheClockGoesBack_has25HoursAndTheRepeatedOneTwice() {
    restartInZone("Europe/Berlin");
    flow.publish(GPT_4O);
    sendEachHour("2026-10-24T21:30:00Z", 27);
    Rollups rollups = flow.rollups();
    assertThat(rollups.at(DAY, "2026-10-24T22:00:00Z", "model", "gpt-4o").getRequests())
        .isEqualTo(25);
    for (String hour : List.of("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")) {
      assertThat(rollups.at(HOUR, hour, "model", "gpt-4o").getRequests()).isEqualTo(1);
    }
  }

  @Test
  void dayOnLordHoweWhenTheClockGoesBackByHalfAnHour_has24HoursAndAHalf() {
    restartInZone("Australia/Lord_Howe");
    flow.publish(GPT_4O);
    Instant midnight = Instant.parse("2026-04-04T13:00:00Z");
    for (int half = -1; half < 50; half++) {
      Instant at = midnight.plus(Duration.ofMinutes(30L * half + 10));
      flow.send(request("half-" + half).setOccurredAt(at).build());
    }
    Rollups rollups = flow.rollups();
    UsageRollup day = rollups.at(DAY, "2026-04-04T13:00:00Z", "model", "gpt-4o");
    assertThat(day.getWindowEnd()).isEqualTo("2026-04-05T13:30:00Z");
    assertThat(day.getRequests()).isEqualTo(49);
    UsageRollup repeated = rollups.at(HOUR, "2026-04-04T15:00:00Z", "model", "gpt-4o");
    assertThat(repeated.getWindowEnd()).isEqualTo("2026-04-04T15:30:00Z");
    assertThat(repeated.getRequests()).isEqualTo(1);
  }

  // Late events.

  @Test
  void lateEvent_correctsItsOwnWindowHoweverLateInsideTheRetention() {
    flow.publish(GPT_4O).send(request("now").build());
    Instant late = OCCURRED_AT.minus(Duration.ofDays(35));
    flow.send(request("late").setOccurredAt(late).build());
    Rollups rollups = flow.rollups();
    UsageRollup then = rollups.at(DAY, "2026-02-08T00:00:00Z", "model", "gpt-4o");
    assertThat(then.getRequests()).isEqualTo(1);
    assertThat(then.getCostUsd()).isEqualTo(usd("0.0035"));
    flow.send(request("later").setOccurredAt(late.plusSeconds(60)).build());
    assertThat(flow.rollups().at(DAY, "2026-02-08T00:00:00Z", "model", "gpt-4o").getCostUsd())
        .isEqualTo(usd("0.007"));
    assertThat(flow.rollups().at(DAY, "2026-03-15T00:00:00Z", "model", "gpt-4o").getRequests())
        .isEqualTo(1);
  }

  @Test
  void eventBeyondTheRetention_isCostedAndCountedAndInNoRollup() {
    flow.publish(GPT_4O).send(request("now").build()).costed();
    Instant tooLate = OCCURRED_AT.minus(Duration.ofDays(35)).minusSeconds(60);
    flow.send(request("too-late").setOccurredAt(tooLate).build());
    assertThat(flow.costedOne().getCostUsd()).isEqualTo(usd("0.0035"));
    assertThat(flow.rollups().of(DAY, "model")).hasSize(1);
    assertThat(flow.counted("tokenmeter.roll.up.beyond.retention"))
        .as("once for each dimension")
        .isEqualTo(Dimension.DEFAULTS.size());
  }

  /** Years after the fact nothing else has been seen: the trace's own time is the latest. */
  @Test
  void traceOfYearsAgo_isRolledUpAsIfItWereNew() {
    flow.publish(GPT_4O);
    for (int day = 1; day <= 30; day++) {
      Instant at = Instant.parse("2023-11-01T12:00:00Z").plus(Duration.ofDays(day - 1));
      flow.send(request("trace-" + day).setOccurredAt(at).build());
    }
    assertThat(flow.rollups().at(MONTH, "2023-11-01T00:00:00Z", "model", "gpt-4o").getRequests())
        .isEqualTo(30);
    assertThat(flow.rejected()).isEmpty();
  }

  @Test
  void windowsThatExpire_doNotComeBackAndOthersGoOn() {
    restartWith(Map.of("rollup.dimensions", "model", "rollup.retention.ms", "3600000"));
    flow.publish(GPT_4O);
    for (int minute = 0; minute < 200; minute++) {
      Instant at = OCCURRED_AT.plus(Duration.ofMinutes(minute));
      flow.send(request("e" + minute).setOccurredAt(at).build());
    }
    flow.send(request("late").setOccurredAt(OCCURRED_AT.plus(Duration.ofMinutes(139))).build());
    flow.send(request("lost").setOccurredAt(OCCURRED_AT.plus(Duration.ofMinutes(138))).build());
    Rollups rollups = flow.rollups();
    assertThat(rollups.at(DAY, "2026-03-15T00:00:00Z", "model", "gpt-4o").getRequests())
        .isEqualTo(201);
    assertThat(rollups.of(MINUTE, "model")).hasSize(200);
    assertThat(rollups.at(MINUTE, "2026-03-15T12:36:00Z", "model", "gpt-4o").getRequests())
        .isEqualTo(2);
  }

  // Dimensions.

  @Test
  void everyDimension_addsUpToTheSameTotal() {
    restartWith(
        "rollup.dimensions",
        "model,api_key,workflow,project,team,customer,provider,environment,user,region,agent,"
            + "service_tier,operation,tag:feature,api_key+model,tag:feature+team");
    flow.publish(GPT_4O);
    long seed = 271_828;
    Random random = new Random(seed);
    for (int i = 0; i < 120; i++) {
      flow.send(randomEvent("e" + i, random));
    }
    BigDecimal total =
        flow.costed().stream().map(CostedUsage::getCostUsd).reduce(usd("0"), BigDecimal::add);
    Rollups rollups = flow.rollups();
    for (String dimension :
        List.of(
            "model",
            "api_key",
            "workflow",
            "project",
            "team",
            "customer",
            "provider",
            "environment",
            "user",
            "region",
            "agent",
            "service_tier",
            "operation",
            "tag:feature",
            "api_key+model",
            "tag:feature+team")) {
      for (Granularity granularity : Granularity.values()) {
        List<UsageRollup> all = rollups.of(granularity, dimension);
        assertThat(all.stream().map(UsageRollup::getCostUsd).reduce(usd("0"), BigDecimal::add))
            .as("seed %d, %s %s", seed, granularity, dimension)
            .isEqualTo(total);
        assertThat(all.stream().mapToLong(UsageRollup::getRequests).sum()).isEqualTo(120);
      }
    }
  }

  @Test
  void eventWithoutAnAttribute_isSummedUnderTheEmptyKey() {
    flow.publish(GPT_4O).send(request("e").build(), request("f").setTeam("").build());
    Rollups rollups = flow.rollups();
    assertThat(rollups.only(DAY, "team", "").getRequests()).isEqualTo(2);
    assertThat(rollups.only(DAY, "team", "").getSubKey()).isNull();
    assertThat(rollups.at(DAY, "2026-03-15T00:00:00Z", "api_key+model", "", "gpt-4o").getRequests())
        .isEqualTo(2);
  }

  @Test
  void pair_isSummedByBothItsParts() {
    flow.publish(GPT_4O);
    flow.send(
        request("a").setApiKeyId("k1").build(),
        request("b").setApiKeyId("k1").build(),
        request("c").setApiKeyId("k1").setModel("other").build(),
        request("d").setApiKeyId("k2").build());
    Rollups rollups = flow.rollups();
    String day = "2026-03-15T00:00:00Z";
    assertThat(rollups.at(DAY, day, "api_key+model", "k1", "gpt-4o").getRequests()).isEqualTo(2);
    assertThat(rollups.at(DAY, day, "api_key+model", "k1", "other").getRequests()).isEqualTo(1);
    assertThat(rollups.at(DAY, day, "api_key+model", "k2", "gpt-4o").getRequests()).isEqualTo(1);
    assertThat(rollups.at(DAY, day, "api_key", "k1", null).getRequests()).isEqualTo(3);
  }

  @Test
  void tag_isADimensionLikeAnyOther() {
    restartWith("rollup.dimensions", "tag:feature");
    flow.publish(GPT_4O);
    flow.send(
        request("a").setTags(Map.of("other", "x", "feature", "search")).build(),
        request("b").setTags(Map.of("features", "x")).build(),
        request("c").setTags(Map.of()).build(),
        request("d").setTags(null).build(),
        request("e").setTags(Map.of("feature", "")).build());
    Rollups rollups = flow.rollups();
    assertThat(rollups.only(DAY, "tag:feature", "search").getRequests()).isEqualTo(1);
    assertThat(rollups.only(DAY, "tag:feature", "").getRequests()).isEqualTo(4);
  }

  // Record keys.

  @Test
  void recordKey_namesWindowDimensionAndKey() {
    flow.publish(GPT_4O).send(request("e").setApiKeyId("k/1").build());
    assertThat(flow.rollups().byKey())
        .containsKeys(
            "MINUTE/2026-03-15T10:17:00Z/model/gpt-4o",
            "HOUR/2026-03-15T10:00:00Z/team/",
            "DAY/2026-03-15T00:00:00Z/api_key/k%2F1",
            "MONTH/2026-03-01T00:00:00Z/api_key+model/k%2F1/gpt-4o")
        .hasSize(4 * Dimension.DEFAULTS.size());
  }

  /** Two keys under one record key would replace one another in every sink. */
  @Test
  void keysThatLookAlike_haveRecordsOfTheirOwn() {
    restartWith("rollup.dimensions", "team,team+project");
    List<String> teams =
        List.of(
            "a b", "a+b", "a%20b", "a%2Bb", "a/b", "a%2Fb", "A B", "a", "", " ", "+", "ä",
            "a\u0308");
    int requests = 0;
    for (String team : teams) {
      flow.send(request("e" + requests++).setTeam(team).setProject("p").build());
      flow.send(request("e" + requests++).setTeam(team).setProject(team).build());
    }
    assertThat(flow.rollups().of(DAY, "team")).hasSize(teams.size());
    assertThat(flow.rollups().of(DAY, "team+project")).hasSize(2 * teams.size());
  }

  /** Not Unicode, as a careless producer may send it; U+FFFD stands for both of them then. */
  @Test
  void namesWhoseBytesAreNotUnicode_shareTheRecordThatTheirTextHas() {
    restartWith("rollup.dimensions", "team");
    flow.send(request("e").setTeam("t\ufffd").build());
    for (byte broken : new byte[] {(byte) 0xff, (byte) 0xfe}) {
      byte[] value = flow.wire(request("e" + broken).setTeam("team~").build());
      for (int i = 0; i < value.length; i++) {
        if (value[i] == '~') {
          value[i] = broken;
        }
      }
      flow.sendBytes("k", value);
    }
    assertThat(flow.rollups().only(DAY, "team", "team\ufffd").getRequests()).isEqualTo(2);
  }

  // What is summed.

  @Test
  void requestsErrorsAndRetries_areCounted() {
    flow.publish(GPT_4O);
    flow.send(
        request("a").build(),
        request("b").setStatus(RequestStatus.ERROR).build(),
        request("c").setStatus(RequestStatus.ABORTED).setAttempt(2).build(),
        request("d").setRetryOf("b").build(),
        request("e").setAttempt(1).build());
    UsageRollup rollup = flow.rollups().only(DAY, "model", "gpt-4o");
    assertThat(rollup.getRequests()).isEqualTo(5);
    assertThat(rollup.getErrors()).isEqualTo(2);
    assertThat(rollup.getRetries()).isEqualTo(2);
  }

  @Test
  void tokens_areSummedByKindAsReported() {
    flow.publish(GPT_4O);
    flow.send(
        request("a").setCacheReadTokens(300L).setReasoningTokens(40L).build(),
        request("b").setCacheWriteTokens(7L).setInputTokens(null).setOutputTokens(null).build());
    UsageRollup rollup = flow.rollups().only(DAY, "model", "gpt-4o");
    assertThat(rollup.getInputTokens()).isEqualTo(1000);
    assertThat(rollup.getCacheReadTokens()).isEqualTo(300);
    assertThat(rollup.getCacheWriteTokens()).isEqualTo(7);
    assertThat(rollup.getOutputTokens()).isEqualTo(100);
    assertThat(rollup.getReasoningTokens()).isEqualTo(40);
  }

  @Test
  void costs_areSummedByKindAndTheBatchTierApart() {
    flow.publish(
        GPT_4O.toBuilder()
            .price(UnitPrice.each("web_searches", "0.01"))
            .price(UnitPrice.each("web_searches", "0.005").at("batch"))
            .build());
    Map<String, BigDecimal> search = Map.of("web_searches", new BigDecimal("1.000000"));
    flow.send(
        request("a").setCacheReadTokens(400L).setExtraUnits(search).build(),
        request("b").setServiceTier("batch").setExtraUnits(search).build());
    UsageRollup rollup = flow.rollups().only(DAY, "model", "gpt-4o");
    assertThat(rollup.getInputCostUsd()).isEqualTo(usd("0.00275"));
    assertThat(rollup.getCacheReadCostUsd()).isEqualTo(usd("0.0005"));
    assertThat(rollup.getCacheWriteCostUsd()).isEqualTo(usd("0"));
    assertThat(rollup.getOutputCostUsd()).isEqualTo(usd("0.0015"));
    assertThat(rollup.getFeeCostUsd()).isEqualTo(usd("0.015"));
    assertThat(rollup.getCostUsd()).isEqualTo(usd("0.01975"));
    assertThat(rollup.getBatchInputCostUsd()).isEqualTo(usd("0.00125"));
    assertThat(rollup.getBatchCacheReadCostUsd()).isEqualTo(usd("0"));
    assertThat(rollup.getBatchOutputCostUsd()).isEqualTo(usd("0.0005"));
    assertThat(rollup.getBatchFeeCostUsd()).isEqualTo(usd("0.005"));
    assertThat(rollup.getBatchCostUsd()).isEqualTo(usd("0.00675"));
  }

  @Test
  void fallbackRequests_areCounted() {
    flow.publish(GPT_4O);
    flow.send(request("a").build(), request("b").setServiceTier("priority").build());
    assertThat(flow.rollups().only(DAY, "model", "gpt-4o").getFallbackRequests()).isEqualTo(1);
  }

  @Test
  void latencies_makeQuantilesWithinOnePercentAndASketchToMerge() throws IOException {
    restartWith("rollup.dimensions", "model");
    for (int i = 1; i <= 200; i++) {
      flow.send(request("e" + i).setLatencyMs(10L * i).build());
    }
    flow.send(request("silent").build());
    UsageRollup rollup = flow.rollups().only(DAY, "model", "gpt-4o");
    Percentage onePercent = Percentage.withPercentage(1.1);
    assertThat(rollup.getLatencyCount()).isEqualTo(200);
    assertThat(rollup.getLatencyP50Ms()).isCloseTo(1000, onePercent);
    assertThat(rollup.getLatencyP95Ms()).isCloseTo(1900, onePercent);
    assertThat(rollup.getLatencyP99Ms()).isCloseTo(1980, onePercent);
    ByteBuffer encoded = rollup.getLatencySketch();
    ByteArrayInput bytes =
        ByteArrayInput.wrap(encoded.array(), encoded.position(), encoded.remaining());
    DDSketch sketch = DDSketch.decode(bytes, UnboundedSizeDenseStore::new);
    assertThat(sketch.getValueAtQuantile(0.5)).isEqualTo(rollup.getLatencyP50Ms());
  }

  @Test
  void noLatencyReported_leavesQuantilesAbsent() {
    flow.publish(GPT_4O).send(request("e").build());
    UsageRollup rollup = flow.rollups().only(DAY, "model", "gpt-4o");
    assertThat(rollup.getLatencyCount()).isZero();
    assertThat(rollup.getLatencyP50Ms()).isNull();
    assertThat(rollup.getLatencySketch()).isNull();
  }

  // Revisions.

  @Test
  void revision_risesByOneWithEveryRecordOfAKey() {
    flow.publish(GPT_4O);
    for (int i = 1; i <= 5; i++) {
      flow.send(request("e" + i).build());
      assertThat(flow.rollups().only(MONTH, "model", "gpt-4o").getRevision()).isEqualTo(i);
    }
  }

  /** Windows that are not kept as objects are read back from the store. */
  @Test
  void totals_areTheSameHoweverFewWindowsAreKeptInMemory() {
    List<UsageEvent> events = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      events.add(randomEvent("e" + i, random));
    }
    flow.publish(GPT_4O).send(events.toArray(UsageEvent[]::new));
    Map<String, UsageRollup> expected = flow.rollups().byKey();
    restartWith(Map.of("rollup.cached.windows", "0", "combine.max.sums", "1"));
    flow.publish(GPT_4O).send(events.toArray(UsageEvent[]::new));
    Map<String, UsageRollup> actual = flow.rollups().byKey();
    assertThat(actual).hasSameSizeAs(expected);
    actual.forEach(
        (key, rollup) -> {
          UsageRollup other = UsageRollup.newBuilder(expected.get(key)).build();
          other.setRevision(rollup.getRevision());
          assertThat(rollup).as(key).isEqualTo(other);
        });
  }

  private static UsageEvent randomEvent(String id, Random random) {
    UsageEvent.Builder event = request(id);
    event.setOccurredAt(OCCURRED_AT.minusSeconds(random.nextInt(30 * 86_400)));
    event.setInputTokens((long) random.nextInt(100_000)).setOutputTokens(random.nextLong(5_000));
    event.setApiKeyId(pick(random)).setWorkflow(pick(random)).setProject(pick(random));
    event.setTeam(pick(random)).setCustomerId(pick(random)).setUserId(pick(random));
    event.setRegion(pick(random)).setAgent(pick(random)).setEnvironment(pick(random));
    event.setOperation(pick(random)).setServiceTier(random.nextInt(3) == 0 ? "batch" : null);
    String feature = pick(random);
    return event.setTags(feature == null ? null : Map.of("feature", feature, "x", "y")).build();
  }

  private static String pick(Random random) {
    int choice = random.nextInt(4);
    return choice == 0 ? null : "n" + choice;
  }

  private void sendEachHour(String first, int count) {
    for (int i = 0; i < count; i++) {
      Instant at = Instant.parse(first).plus(Duration.ofHours(i));
      flow.send(request("hour-" + i).setOccurredAt(at).build());
    }
  }

  private void restartWith(String setting, Object value) {
    restartWith(Map.of(setting, String.valueOf(value)));
  }

  private void restartWith(Map<String, String> settings) {
    flow.close();
    flow = Flow.with(settings);
  }

  /** With events from days to come, when the clocks are changed. */
  private void restartInZone(String zone) {
    restartWith(
        Map.of(
            "rollup.time.zone",
            zone,
            "rollup.dimensions",
            "model",
            "event.max.future.ms",
            String.valueOf(Duration.ofDays(366).toMillis())));
  }

  private static void assertWindow(
      Rollups rollups, Granularity granularity, String start, String end) {
    UsageRollup rollup = rollups.only(granularity, "model", "gpt-4o");
    assertThat(rollup.getWindowStart()).isEqualTo(start);
    assertThat(rollup.getWindowEnd()).isEqualTo(end);
    assertThat(rollup.getRequests()).isEqualTo(1);
    assertThat(rollup.getCostUsd()).isEqualTo(usd("0.0035"));
  }
}
