package io.tokenmeter.streams.validate;

import static io.tokenmeter.streams.fixture.Usage.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.fixture.Flow;
import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import io.tokenmeter.streams.registry.RegistryUnavailableException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValidateTest {
  private static final String NODE =
      "{'type': 'record', 'name': 'Node', 'fields': [{'name': 'next', 'type': ['null', 'Node']}]}"
          .replace('\'', '"');

  private Flow flow = Flow.start();

  @AfterEach
  void close() {
    flow.close();
  }

  // Poison: the record is set aside with its reason, and the stream goes on.

  @Test
  void bytesThatAreNoRecord_areRejectedAsUndecodable() {
    assertRejected(
        "hello".getBytes(StandardCharsets.UTF_8),
        "UNDECODABLE",
        "the value does not begin with a zero byte and a schema id, but has 5 bytes of something"
            + " else");
  }

  @Test
  void emptyValue_isRejectedAsUndecodable() {
    assertRejected(new byte[0], "UNDECODABLE", "has 0 bytes of something else");
  }

  @Test
  void absentValue_isRejectedAsUndecodable() {
    assertRejected((byte[]) null, "UNDECODABLE", "the record has no value");
  }

  @Test
  void schemaIdThatTheRegistryDoesNotKnow_isRejectedAsUnknownSchema() {
    byte[] value = flow.wire(request("e").build());
    ByteBuffer.wrap(value).putInt(1, 4711);
    assertRejected(value, "UNKNOWN_SCHEMA", "the schema registry knows no schema 4711");
  }

  /** An id with the highest bit set, of a producer whose records are framed differently. */
  @Test
  void negativeSchemaId_isRejectedAsUnknownSchema() {
    byte[] value = flow.wire(request("e").build());
    for (int id : new int[] {Integer.MIN_VALUE, -1, Integer.MAX_VALUE}) {
      ByteBuffer.wrap(value).putInt(1, id);
      assertRejected(value, "UNKNOWN_SCHEMA", "the schema registry knows no schema " + id);
    }
  }

  @Test
  void schemaOfAnotherRecord_isRejectedAsIncompatible() {
    Schema other =
        SchemaBuilder.record("com.example.Order").fields().requiredLong("amount").endRecord();
    byte[] value = flow.wire(new GenericRecordBuilder(other).set("amount", 7L).build());
    assertRejected(value, "INCOMPATIBLE_SCHEMA", "cannot be read as UsageEvent");
    assertRejected(value, "INCOMPATIBLE_SCHEMA", "cannot be read as UsageEvent");
  }

  @Test
  void schemaThatHoldsItself_isRejectedAsIncompatible() {
    Schema node = new Schema.Parser().parse(NODE);
    byte[] value = flow.wire(new GenericRecordBuilder(node).set("next", null).build());
    assertRejected(value, "INCOMPATIBLE_SCHEMA", "cannot be read as UsageEvent");
  }

  /** Every level of the record takes a frame of the stack of whoever reads it. */
  @Test
  void recordNestedTooDeepToRead_isRejectedAsUndecodable() {
    int id = flow.registry().idOf(new Schema.Parser().parse(NODE));
    byte[] value = new byte[500_000];
    Arrays.fill(value, (byte) 2);
    ByteBuffer.wrap(value).put((byte) 0).putInt(id);
    value[value.length - 1] = 0;
    assertRejected(value, "UNDECODABLE", "does not decode with schema " + id);
  }

  @Test
  void schemaThatIsNoRecord_isRejectedAsIncompatible() {
    int id = flow.registry().idOf(Schema.create(Schema.Type.LONG));
    byte[] value = ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 2).array();
    assertRejected(value, "INCOMPATIBLE_SCHEMA", "is not the schema of a record");
  }

  @Test
  void firstRecordCutOff_isRejectedAsUndecodable() {
    byte[] value = flow.wire(request("e").build());
    byte[] cutOff = Arrays.copyOf(value, value.length - 10);
    assertRejected(cutOff, "UNDECODABLE", "does not decode");
  }

  @Test
  void laterRecordCutOff_isRejectedAsUndecodable() {
    flow.send(request("first").build()).costed();
    byte[] value = flow.wire(request("e").build());
    byte[] cutOff = Arrays.copyOf(value, value.length - 10);
    assertRejected(cutOff, "UNDECODABLE", "the body does not decode: the record ends early");
  }

  @Test
  void bytesAfterTheLastField_areRejectedAsUndecodable() {
    flow.send(request("first").build()).costed();
    byte[] value = flow.wire(request("e").build());
    byte[] longer = Arrays.copyOf(value, value.length + 3);
    assertRejected(longer, "UNDECODABLE", "3 bytes are left after the last field");
  }

  @Test
  void recordLargerThanAllowed_isRejectedAsTooLarge() {
    byte[] value = flow.wire(request("e").setOutcome("x".repeat(524_288)).build());
    assertRejected(value, "TOO_LARGE", "more than event.max.bytes, 524288");
  }

  // Events that decode and make no sense.

  @Test
  void emptyRequiredFields_areRejectedAsMissing() {
    assertRejected(request("").build(), "MISSING_FIELD", "event_id is required");
    assertRejected(request("e").setProvider("").build(), "MISSING_FIELD", "provider is required");
    assertRejected(request("e").setModel(" ").build(), "MISSING_FIELD", "model is required");
  }

  @Test
  void negativeCount_isRejected() {
    assertRejected(
        request("e").setInputTokens(-1L).build(), "NEGATIVE_COUNT", "input_tokens is -1, below");
  }

  @Test
  void partsThatExceedTheirTotal_areRejected() {
    assertRejected(
        request("e").setCacheReadTokens(1001L).build(),
        "CONTRADICTORY_COUNTS",
        "input_tokens is 1000, but its reported parts add up to 1001");
  }

  @Test
  void fractionalTokens_areRejected() {
    assertRejected(
        request("e")
            .setExtraUnits(Map.of("input_audio_tokens", new BigDecimal("1.500000")))
            .build(),
        "FRACTIONAL_TOKENS",
        "input_audio_tokens is 1.500000, but tokens are whole");
  }

  @Test
  void implausibleCount_isRejected() {
    assertRejected(
        request("e").setOutputTokens(1_000_000_000_000L).build(),
        "IMPLAUSIBLE_COUNT",
        "output_tokens is 1000000000000, more than the allowed 999999999999");
  }

  @Test
  void eventFromTheFuture_isRejectedBeyondTheAllowedSkew() {
    Instant allowed = flow.now().plus(Duration.ofHours(24));
    assertAccepted(request("a").setOccurredAt(allowed).build());
    assertRejected(
        request("e").setOccurredAt(allowed.plusMillis(1)).build(),
        "OCCURRED_IN_FUTURE",
        "too long after the arrival at 2026-03-15T10:30:00Z");
  }

  @Test
  void eventFromBeforeLanguageModels_isRejected() {
    assertRejected(
        request("e").setOccurredAt(Instant.EPOCH).build(), "OCCURRED_TOO_EARLY", "1970-01-01");
  }

  /** A key of a roll-up stands in the key and the value of its records, which have a limit. */
  @Test
  void textThatCanBecomeARollupsKey_isRejectedWhereItIsTooLong() {
    String tooLong = "é".repeat(1025);
    for (UsageEvent event :
        List.of(
            request(tooLong).build(),
            request("e").setModel(tooLong).build(),
            request("e").setApiKeyId(tooLong).build(),
            request("e").setWorkflow(tooLong).build(),
            request("e").setProject(tooLong).build(),
            request("e").setCustomerId(tooLong).build(),
            request("e").setUserId(tooLong).build(),
            request("e").setAgent(tooLong).build(),
            request("e").setEnvironment(tooLong).build(),
            request("e").setOperation(tooLong).build(),
            request("e").setServiceTier(tooLong).build(),
            request("e").setTags(Map.of("a", "b", "feature", tooLong)).build())) {
      assertRejected(event, "TEXT_TOO_LONG", "more than the allowed 1024");
    }
    assertAccepted(request("e").setWorkflow("é".repeat(1024)).build());
  }

  /** Each further unit is looked for among those before it. */
  @Test
  void moreUnitsThanAnyRequestHas_areRejectedAtOnce() {
    Map<String, BigDecimal> units = new HashMap<>();
    for (int i = 0; i < 45_000; i++) {
      units.put("u" + i, new BigDecimal("1.000000"));
    }
    long start = System.nanoTime();
    assertRejected(request("e").setExtraUnits(units).build(), "IMPLAUSIBLE_COUNT", "extra_units");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  // What a rejected record tells.

  @Test
  void rejectedRecord_namesItsPlaceAndCarriesItsBytes() {
    flow.send(request("good").build());
    byte[] poison = {9, 8, 7};
    flow.advance(Duration.ofMillis(1500)).sendBytes("the-key", poison);
    RejectedEvent rejected = flow.rejected().get(0);
    assertThat(rejected.getSourceTopic()).isEqualTo("tokenmeter.usage-events");
    assertThat(rejected.getSourcePartition()).isZero();
    assertThat(rejected.getSourceOffset()).isEqualTo(1);
    assertThat(rejected.getSourceTimestamp()).isEqualTo("2026-03-15T10:30:01.500Z");
    assertThat(rejected.getStage()).isEqualTo("validate");
    assertThat(rejected.getEventId()).isNull();
    assertThat(rejected.getRawKey())
        .isEqualTo(ByteBuffer.wrap("the-key".getBytes(StandardCharsets.UTF_8)));
    assertThat(rejected.getRawValue()).isEqualTo(ByteBuffer.wrap(poison));
    assertThat(rejected.getRawValueSize()).isEqualTo(3);
  }

  @Test
  void rejectedRecordThatDecodes_namesItsEvent() {
    flow.send(request("e-17").setInputTokens(-1L).build());
    assertThat(flow.rejected().get(0).getEventId()).isEqualTo("e-17");
  }

  @Test
  void rejectedValueBeyondTheLimit_isCutOffAndTellsItsSize() {
    flow.close();
    flow = Flow.with("rejected.raw.value.limit", 4);
    flow.sendBytes(null, new byte[] {1, 2, 3, 4, 5, 6});
    RejectedEvent rejected = flow.rejected().get(0);
    assertThat(rejected.getRawKey()).isNull();
    assertThat(rejected.getRawValue()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
    assertThat(rejected.getRawValueSize()).isEqualTo(6);
  }

  @Test
  void rejectedEvents_areCountedByReasonAndNeverRememberedAsSeen() {
    flow.send(request("e").setInputTokens(-1L).build());
    assertThat(flow.counted("tokenmeter.rejected", "reason", "NEGATIVE_COUNT")).isOne();
    assertThat(flow.rejected()).hasSize(1);
    assertAccepted(request("e").build());
  }

  // Producers with another version of the schema.

  @Test
  void eventOfAnOlderSchema_isReadWithDefaults() {
    Schema older = withoutFields("tags", "provider_reported_cost_usd", "outcome", "usage_source");
    GenericRecord event =
        new GenericRecordBuilder(older)
            .set("event_id", "old")
            .set("occurred_at", micros(Flow.START))
            .set("provider", "openai")
            .set("model", "gpt-4o")
            .set("team", "search")
            .set("input_tokens", 12L)
            .build();
    for (int i = 0; i < 2; i++) {
      event.put("event_id", "old-" + i);
      flow.sendBytes("k", flow.wire(event));
      var costed = flow.costedOne();
      assertThat(costed.getEventId()).isEqualTo("old-" + i);
      assertThat(costed.getTeam()).isEqualTo("search");
      assertThat(costed.getInputTokens()).isEqualTo(12);
      assertThat(costed.getTags()).isNull();
    }
  }

  @Test
  void eventOfANewerSchema_isReadWithoutItsNewFields() {
    List<Schema.Field> fields = fields();
    fields.add(
        new Schema.Field("newcomer", Schema.create(Schema.Type.STRING), "A field to come.", "x"));
    Schema newer = record(fields);
    GenericRecord event =
        new GenericRecordBuilder(newer)
            .set("event_id", "new")
            .set("occurred_at", micros(Flow.START))
            .set("provider", "openai")
            .set("model", "gpt-4o")
            .set("newcomer", "hello")
            .build();
    flow.sendBytes("k", flow.wire(event));
    assertThat(flow.costedOne().getEventId()).isEqualTo("new");
  }

  @Test
  void eventsOfSeveralSchemasWithOneLayout_areAllTakenAsTheyAre() {
    Schema undocumented = new Schema.Parser().parse(UsageEvent.getClassSchema().toString());
    undocumented.addProp("owner", "platform");
    for (int i = 0; i < 3; i++) {
      flow.send(request("a" + i).build());
      GenericRecord event = (GenericRecord) generic(request("b" + i).build(), undocumented);
      flow.sendBytes("k", flow.wire(event));
    }
    assertThat(flow.costed())
        .extracting("eventId")
        .containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
    assertThat(flow.rejected()).isEmpty();
  }

  // A registry that is down says nothing about the record.

  @Test
  void registryThatDoesNotAnswer_isWaitedFor() {
    byte[] value = flow.wire(request("e").build());
    flow.registry().goDown();
    CompletableFuture<Void> back =
        CompletableFuture.runAsync(
            flow.registry()::comeBack,
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
    flow.sendBytes("k", value);
    back.join();
    assertThat(flow.costedOne().getEventId()).isEqualTo("e");
    assertThat(flow.rejected()).isEmpty();
  }

  @Test
  void registryThatDoesNotAnswer_doesNotMakeARejectOfAnEventThatCannotWait() {
    byte[] value = flow.wire(request("e").build());
    flow.registry().goDown();
    flow.stopWaiting();
    assertThatThrownBy(() -> flow.sendBytes("k", value))
        .hasRootCauseInstanceOf(java.net.ConnectException.class)
        .hasStackTraceContaining(RegistryUnavailableException.class.getName());
    assertThat(flow.rejected()).isEmpty();
  }

  @Test
  void registryThatGoesDownLater_isNotMissed() {
    assertAccepted(request("first").build());
    byte[] value = flow.wire(request("second").build());
    flow.registry().goDown();
    flow.sendBytes("k", value);
    flow.registry().comeBack();
    assertThat(flow.costedOne().getEventId()).isEqualTo("second");
  }

  private void assertRejected(UsageEvent event, String reason, String message) {
    assertRejected(flow.wire(event), reason, message);
  }

  /** Rejected as said, and the next event is metered as if nothing had been. */
  private void assertRejected(byte[] value, String reason, String message) {
    flow.sendBytes("key", value);
    assertThat(flow.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.getReason()).isEqualTo(reason);
              assertThat(rejected.getMessage()).contains(message);
            });
    assertThat(flow.costed()).isEmpty();
    assertAccepted(request("after-" + System.nanoTime()).build());
  }

  private void assertAccepted(UsageEvent event) {
    flow.send(event);
    assertThat(flow.rejected()).isEmpty();
    assertThat(flow.costedOne().getEventId()).isEqualTo(event.getEventId());
  }

  private static Object generic(UsageEvent event, Schema schema) {
    byte[] body = TestRegistrySerializer.body(event);
    try {
      return new org.apache.avro.generic.GenericDatumReader<>(schema)
          .read(null, org.apache.avro.io.DecoderFactory.get().binaryDecoder(body, null));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Schema withoutFields(String... names) {
    List<Schema.Field> fields = fields();
    fields.removeIf(field -> List.of(names).contains(field.name()));
    return record(fields);
  }

  private static List<Schema.Field> fields() {
    List<Schema.Field> copies = new java.util.ArrayList<>();
    for (Schema.Field field : UsageEvent.getClassSchema().getFields()) {
      copies.add(new Schema.Field(field, field.schema()));
    }
    return copies;
  }

  private static Schema record(List<Schema.Field> fields) {
    return Schema.createRecord("UsageEvent", null, "io.tokenmeter.schemas", false, fields);
  }

  private static long micros(Instant instant) {
    return instant.toEpochMilli() * 1000;
  }
}
