package io.tokenmeter.policyfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.savings.CapacityOffer;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityFilesTest {

  @Test
  void offers_areReadWithTheirDefault() throws Exception {
    FileContents<CapacityOffer> file =
        read(
            """
            capacity:
              - name: four H100
                kind: self-hosted
                replaces: [openai/gpt-4o*, azure/gpt-4o]
                usd_per_hour: 10.50
                input_tokens_per_second: 20000
                output_tokens_per_second: 3400
            """);

    assertThat(file.errors()).isEmpty();
    assertThat(file.entries().get(0).value())
        .isEqualTo(
            new CapacityOffer(
                "four H100",
                "self-hosted",
                List.of("openai/gpt-4o*", "azure/gpt-4o"),
                Money.parse("10.50"),
                new BigDecimal("20000"),
                new BigDecimal("3400"),
                new BigDecimal("0.8")));
  }

  @Test
  void errors_nameTheirLines() throws Exception {
    FileContents<CapacityOffer> file =
        read(
            """
            capacity:
              - name: a
                kind: rented
                replaces: [gpt-4o]
                usd_per_hour: ten
                input_tokens_per_second: 1
                output_tokens_per_second: 1
                utilisation: 0.5
              - name: b
                kind: provisioned
                replaces: [openai/gpt-4o]
                usd_per_hour: 0
                input_tokens_per_second: 1
                output_tokens_per_second: 1
            """);

    assertThat(file.entries()).isEmpty();
    assertThat(file.errors())
        .extracting(error -> error.line() + ": " + error.message())
        .satisfiesExactly(
            kind ->
                assertThat(kind)
                    .isEqualTo("3: kind must be provisioned or self-hosted, not 'rented'"),
            replaces ->
                assertThat(replaces)
                    .startsWith("4: replaces has entries of the form PROVIDER/MODEL"),
            rent -> assertThat(rent).isEqualTo("5: usd_per_hour must be a number, not 'ten'"),
            unknown -> assertThat(unknown).startsWith("8: unknown key 'utilisation'"),
            free -> assertThat(free).isEqualTo("9: usd_per_hour must be above 0"));
  }

  private static FileContents<CapacityOffer> read(String text) throws IOException {
    return CapacityFiles.read(new StringReader(text));
  }
}
