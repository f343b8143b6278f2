package io.tokenmeter.cli.prices;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.domain.money.Picos;
import io.tokenmeter.domain.price.ContextTier;
import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Price rows as JSON; prices are dollars a unit, as strings in plain decimal notation. */
final class PriceJson {
  private final JsonGenerator json;

  PriceJson(JsonGenerator json) {
    this.json = json;
  }

  void rows(List<PriceRow> rows) throws IOException {
    json.writeArrayFieldStart("prices");
    for (PriceRow row : rows) {
      row(row);
    }
    json.writeEndArray();
  }

  private void row(PriceRow row) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", row.key());
    json.writeStringField("provider", row.provider());
    texts("provider_aliases", row.providerAliases());
    json.writeStringField("model", row.model());
    json.writeArrayFieldStart("patterns");
    for (ModelPattern pattern : row.patterns()) {
      json.writeStartObject();
      json.writeStringField(pattern.kind().name().toLowerCase(Locale.ROOT), pattern.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    text("region", row.region());
    text("project", row.project());
    text("team", row.team());
    text("effective_from", row.effectiveFrom() == null ? null : row.effectiveFrom().toString());
    text("effective_to", row.effectiveTo() == null ? null : row.effectiveTo().toString());
    prices(row.prices());
    json.writeArrayFieldStart("windows");
    for (TimeWindow window : row.windows()) {
      window(window);
    }
    json.writeEndArray();
    json.writeBooleanField("context_tiers_inclusive", row.inclusiveThresholds());
    json.writeBooleanField("context_tiers_marginal", row.marginalTiers());
    json.writeObjectFieldStart("region_multipliers");
    for (Map.Entry<String, BigDecimal> factor : new TreeMap<>(row.regionMultipliers()).entrySet()) {
      json.writeStringField(
          factor.getKey(), factor.getValue().stripTrailingZeros().toPlainString());
    }
    json.writeEndObject();
    json.writeBooleanField("multipliers_cover_cache", row.multipliersCoverCache());
    text("source", row.source());
    json.writeEndObject();
  }

  private void prices(List<UnitPrice> prices) throws IOException {
    json.writeArrayFieldStart("prices");
    for (UnitPrice price : prices) {
      json.writeStartObject();
      json.writeStringField("service_tier", price.serviceTier());
      json.writeStringField("unit", price.unit());
      json.writeStringField("unit_price_usd", Picos.toPlainString(price.picosPerUnit()));
      json.writeArrayFieldStart("context_tiers");
      for (ContextTier tier : price.contextTiers()) {
        json.writeStartObject();
        json.writeNumberField("above_input_tokens", tier.threshold());
        json.writeStringField("unit_price_usd", Picos.toPlainString(tier.picosPerUnit()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void window(TimeWindow window) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", window.name());
    json.writeStringField("zone", window.zone());
    json.writeStringField("from", window.start().toString());
    json.writeStringField("to", window.end().toString());
    texts(
        "weekdays",
        window.weekdays().stream()
            .sorted()
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .toList());
    prices(window.prices());
    json.writeEndObject();
  }

  private void texts(String field, List<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void text(String field, @Nullable String text) throws IOException {
    if (text == null) {
      json.writeNullField(field);
    } else {
      json.writeStringField(field, text);
    }
  }
}
