package io.tokenmeter.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every body under src/test/resources becomes what stands beside it. */
class GoldenTest {

  static Stream<Golden> bodies() {
    return Arrays.stream(UsageFormat.values())
        .filter(format -> format != UsageFormat.OTLP_PROTOBUF) // see OtlpEncodingsTest
        .flatMap(Golden::all);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void body_becomesWhatStandsBesideIt(Golden golden) {
    MappedBatch batch =
        golden.format().mapping(MappingOptions.DEFAULT).map(golden.body(), Golden.RECEIVED_AT);

    assertThat(Golden.describe(batch).toPrettyString())
        .isEqualTo(golden.expected().toPrettyString());
  }
}
