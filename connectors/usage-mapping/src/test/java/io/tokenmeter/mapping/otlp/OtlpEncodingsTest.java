package io.tokenmeter.mapping.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.mapping.MappedBatch;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.ProtobufEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two encodings of OTLP say the same. */
class OtlpEncodingsTest {

  private static final Instant RECEIVED_AT = Instant.parse("2026-03-01T12:00:00Z");

  static Stream<Path> requests() throws IOException {
    return Files.list(Path.of("src/test/resources/io/tokenmeter/mapping/otlp-json"))
        .filter(file -> !file.toString().endsWith(".expected.json"))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void spansInBinary_mapAsInJson(Path request) throws IOException {
    byte[] json = Files.readAllBytes(request);

    MappedBatch binary =
        Otlp.protobuf(MappingOptions.DEFAULT).map(ProtobufEncoder.encode(json), RECEIVED_AT);

    assertThat(binary).isEqualTo(Otlp.json(MappingOptions.DEFAULT).map(json, RECEIVED_AT));
    assertThat(binary.items()).isNotEmpty();
  }

  @Test
  void requestCutOff_isOneRejectionOfTheWhole() throws IOException {
    byte[] whole = ProtobufEncoder.encode(Files.readAllBytes(requests().findFirst().orElseThrow()));
    byte[] cutOff = Arrays.copyOf(whole, whole.length - 1);

    MappedBatch batch = Otlp.protobuf(MappingOptions.DEFAULT).map(cutOff, RECEIVED_AT);

    assertThat(batch.rejections())
        .singleElement()
        .hasToString("UNDECODABLE: not an OTLP trace request in protobuf, or cut off");
  }

  @Test
  void moreSpansThanAllowed_areRejectedAsAWhole() throws IOException {
    byte[] json =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{},{},{}]}]}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    MappingOptions two = MappingOptions.DEFAULT.withMaxItems(2);

    assertThat(Otlp.json(two).map(json, RECEIVED_AT).rejections())
        .singleElement()
        .hasToString("TOO_LARGE: the request has more than the allowed 2 spans");
    assertThat(Otlp.protobuf(two).map(ProtobufEncoder.encode(spansWithTimes(3)), RECEIVED_AT))
        .isEqualTo(Otlp.json(two).map(json, RECEIVED_AT));
  }

  @Test
  void spansThatAreTheirOwnAncestors_endTheSearch() {
    byte[] json =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"00000000000000a1",
           "parentSpanId":"00000000000000a2","name":"a","startTimeUnixNano":"1772359200000000000",
           "attributes":[{"key":"gen_ai.system","value":{"stringValue":"openai"}},
                         {"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o"}},
                         {"key":"gen_ai.usage.input_tokens","value":{"intValue":1}}]},
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"00000000000000a2",
           "parentSpanId":"00000000000000a1","name":"b","startTimeUnixNano":"1772359200000000000"}
        ]}]}]}
        """
            .getBytes(StandardCharsets.UTF_8);

    MappedBatch batch = Otlp.json(MappingOptions.DEFAULT).map(json, RECEIVED_AT);

    assertThat(batch.events()).singleElement().extracting("parentStepId").isNull();
    assertThat(batch.ignored()).isEqualTo(1);
  }

  @Test
  void requestWithoutSpans_isAnEmptyBatch() {
    assertThat(Otlp.protobuf(MappingOptions.DEFAULT).map(new byte[0], RECEIVED_AT).items())
        .isEmpty();
    assertThat(
            Otlp.json(MappingOptions.DEFAULT)
                .map("{}".getBytes(StandardCharsets.UTF_8), RECEIVED_AT)
                .items())
        .isEmpty();
  }

  private static byte[] spansWithTimes(int count) {
    String span = "{\"startTimeUnixNano\":\"1\",\"endTimeUnixNano\":\"2\"}";
    String spans = String.join(",", Collections.nCopies(count, span));
    return ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + spans + "]}]}]}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
