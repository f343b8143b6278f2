package io.tokenmeter.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.money.Money;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingCodecTest {
  private static final Finding FULL =
      new Finding(
          Detector.MODEL_DRIFT,
          "mix",
          new Subject("api_key", "größe"),
          true,
          1,
          Long.MAX_VALUE,
          -3,
          4,
          Money.parse("-0.000000000001"),
          Money.parse("99999999999999.5"),
          null,
          Money.parse("16"),
          Severity.CRITICAL,
          List.of(
              new Driver(Driver.Kind.MODEL_MIX, Money.parse("15"), "mini to large"),
              new Driver(Driver.Kind.RETRIES, Money.parse("-1"), "")),
          "x".repeat(70_000));

  @Test
  void finding_readBack_isTheSame() {
    assertThat(FindingCodec.decode(FindingCodec.encode(FULL))).isEqualTo(FULL);
    Finding end = FULL.ended(7, "over");
    assertThat(FindingCodec.decode(FindingCodec.encode(end))).isEqualTo(end);
  }

  @Test
  void bytesThatEndEarly_areRefused() {
    byte[] bytes = FindingCodec.encode(FULL);
    assertThatThrownBy(() -> FindingCodec.decode(Arrays.copyOf(bytes, 20)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a damaged finding of 20 bytes");
  }
}
