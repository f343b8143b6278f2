package io.tokenmeter.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventEncoderTest {
  private static final int HEADER = 5;

  @BeforeAll
  static void trustGeneratedClasses() {
    GeneratedClasses.trust();
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void everyValue_isExactlyWhatTheGeneratedClassWrites(Variant variant) throws IOException {
    Workload workload = new Workload(5, 20_000, variant);
    EventEncoder encoder = new EventEncoder(0x01020304);
    GeneratedEvent event = new GeneratedEvent();
    for (long i = 0; i < workload.events(); i++) {
      workload.read(i, event);
      byte[] value = encoder.value(event);

      assertThat(value).startsWith(0, 1, 2, 3, 4).hasSizeBetween(120, 300);
      UsageEvent decoded = decode(value);
      assertThat(encode(decoded))
          .isEqualTo(java.util.Arrays.copyOfRange(value, HEADER, value.length));
      assertSameFields(decoded, event);
      assertThat(new String(encoder.key(event), StandardCharsets.UTF_8))
          .isEqualTo(decoded.getRunId());
    }
  }

  private static void assertSameFields(UsageEvent decoded, GeneratedEvent event) {
    ModelPrice price = PriceSheet.MODELS.get(event.model);
    assertThat(UUID.fromString(decoded.getEventId()).version()).isEqualTo(4);
    assertThat(UUID.fromString(decoded.getEventId()).variant()).isEqualTo(2);
    assertThat(decoded.getProvider()).isEqualTo(price.provider());
    assertThat(decoded.getModel()).isEqualTo(price.model());
    assertThat(decoded.getApiKeyId()).isEqualTo("key-%07d".formatted(event.apiKey));
    assertThat(decoded.getProject()).isEqualTo("project-%02d".formatted(event.project));
    assertThat(decoded.getWorkflow()).isEqualTo("workflow-%02d".formatted(event.workflow));
    assertThat(decoded.getCustomerId())
        .isEqualTo(event.customer < 0 ? null : "customer-%04d".formatted(event.customer));
    assertThat(decoded.getCostRole()).isEqualTo(CostRole.LEAF);
    assertThat(decoded.getStatus() == RequestStatus.ERROR).isEqualTo(event.failed);
    assertThat(decoded.getLatencyMs()).isEqualTo(event.latencyMillis);
    assertThat(decoded.getInputTokens()).isEqualTo(event.inputTokens);
    assertThat(decoded.getOutputTokens()).isEqualTo(event.outputTokens);
  }

  private static UsageEvent decode(byte[] value) throws IOException {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
    UsageEvent event =
        new SpecificDatumReader<UsageEvent>(UsageEvent.getClassSchema()).read(null, decoder);
    assertThat(decoder.isEnd()).isTrue();
    return event;
  }

  private static byte[] encode(UsageEvent event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<UsageEvent>(UsageEvent.getClassSchema()).write(event, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
