package io.tokenmeter.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.pricelists.PriceListFormat;
import io.tokenmeter.pricelists.PriceLists;
import io.tokenmeter.pricelists.ReadOptions;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.PricingStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AwaitedPricesTest {

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  private static final String TABLE =
      """
      format: tokenmeter/1
      prices:
        - provider: openai
          model: gpt-4o
          effective_from: 2026-01-01
          usd_per_million: {input_tokens: 2.50}
      """;

  private final AwaitedPrices awaited = new AwaitedPrices(AwaitedPricesTest::table);

  @BeforeAll
  static void trust() {
    GeneratedClasses.trust();
  }

  @Test
  void eventCostedBeforeItsPriceWasRead_isAwaitedUntilItHasACost() {
    awaited.note(unpriced("gpt-4o", FROM, "UNKNOWN_MODEL"));
    assertThat(awaited.count()).isEqualTo(1);

    awaited.note(
        CostedUsage.newBuilder(unpriced("gpt-4o", FROM, null))
            .setPricingStatus(PricingStatus.PRICED)
            .build());
    assertThat(awaited.count()).isZero();
  }

  @Test
  void eventThatNoRowOfTheTablePrices_isNotAwaited() {
    awaited.note(unpriced("gpt-5", FROM, "UNKNOWN_MODEL"));
    awaited.note(unpriced("gpt-4o", FROM.minusSeconds(1), "NOT_EFFECTIVE"));

    assertThat(awaited.count()).isZero();
  }

  @Test
  void eventWithAUnitThatItsPriceLacks_isNotAwaited() {
    awaited.note(unpriced("gpt-4o", FROM, "UNIT_NOT_PRICED: images"));

    assertThat(awaited.count()).isZero();
  }

  private static CostedUsage unpriced(String model, Instant at, String reason) {
    return CostedUsage.newBuilder()
        .setEventId("event")
        .setOccurredAt(at)
        .setProvider("openai")
        .setModel(model)
        .setPricingStatus(PricingStatus.UNPRICED)
        .setUnpricedReason(reason)
        .build();
  }

  private static PriceBook table() {
    try {
      return PriceBook.of(
          PriceLists.read(
                  new ByteArrayInputStream(TABLE.getBytes(StandardCharsets.UTF_8)),
                  PriceListFormat.TOKENMETER,
                  ReadOptions.DEFAULT)
              .priceRows());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
