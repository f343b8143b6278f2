package io.tokenmeter.streams.reprice;

import static io.tokenmeter.domain.price.UnitPrice.each;
import static io.tokenmeter.domain.price.UnitPrice.perMillion;

import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.streams.fixture.Flow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A random timeline of a price table: rows with and without dates, tiers, off-peak hours, overrides
 * and patterns, replaced and withdrawn again.
 */
final class RandomPrices {
  static final List<String> MODELS = List.of("m-small", "m-large", "m-large-2026", "m-late");

  private final Random random;
  private final Map<String, PriceRow> rows = new LinkedHashMap<>();

  RandomPrices(Random random) {
    this.random = random;
  }

  /** The rows as they are now. */
  List<PriceRow> rows() {
    return new ArrayList<>(rows.values());
  }

  /** Changes a row in a flow. */
  void change(Flow flow) {
    if (!rows.isEmpty() && random.nextInt(4) == 0) {
      PriceRow withdrawn = rows().get(random.nextInt(rows.size()));
      rows.remove(withdrawn.key());
      flow.withdraw(withdrawn);
    } else {
      PriceRow row = row();
      rows.put(row.key(), row);
      flow.publish(row);
    }
  }

  private PriceRow row() {
    PriceRowBuilder row =
        PriceRow.of("p", MODELS.get(random.nextInt(MODELS.size())))
            .price(perMillion("input_tokens", usd(5)).above(2_000, usd(9)))
            .price(perMillion("output_tokens", usd(20)));
    if (random.nextBoolean()) {
      row.price(perMillion("cache_read_tokens", usd(1)));
    }
    if (random.nextBoolean()) {
      row.price(perMillion("input_tokens", usd(3)).at("batch"))
          .price(perMillion("output_tokens", usd(9)).at("batch"));
    }
    if (random.nextInt(3) == 0) {
      row.price(each("requests", "0.0001" + random.nextInt(100)));
    }
    if (random.nextInt(3) == 0) {
      row.price(perMillion("output_reasoning_tokens", usd(30)));
    }
    return dated(row).build();
  }

  private PriceRowBuilder dated(PriceRowBuilder row) {
    if (random.nextBoolean()) {
      row.effectiveFrom(
          Instant.parse("2026-03-15T09:00:00Z").plusSeconds(600L * random.nextInt(9)));
    }
    if (random.nextInt(4) == 0) {
      row.project("research");
    }
    if (random.nextInt(5) == 0) {
      row.pattern(ModelPattern.startsWith("m-large"));
    }
    if (random.nextInt(4) == 0) {
      row.window(
          new TimeWindow(
              "lunch",
              "Z",
              Set.of(),
              LocalTime.of(9, 30),
              LocalTime.of(10, 0),
              List.of(perMillion("input_tokens", usd(2)))));
    }
    return row;
  }

  private String usd(int most) {
    return BigDecimal.valueOf(1 + random.nextInt(most * 1000), 3).toPlainString();
  }
}
