package io.tokenmeter.cli.cost;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostLine;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.Picos;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.domain.price.RateTable;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. Amounts, unit prices and quantities are strings in plain decimal
 * notation, exact and without an exponent; what has no cost has null, which is not 0.
 */
final class CostJson {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .rootValueSeparator("")
          .build();

  private final JsonGenerator json;

  CostJson(Writer out) throws IOException {
    json = JSON.createGenerator(out);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /** What an event costs, and why. */
  void writeCost(String eventId, Cost cost) throws IOException {
    json.writeStartObject();
    json.writeStringField("event_id", eventId);
    json.writeStringField("pricing_status", cost.status().name());
    writeMoney("cost_usd", cost.hasCost() ? cost.totalCost() : null);
    writeMoney("input_cost_usd", cost.hasCost() ? cost.inputCost() : null);
    writeMoney("output_cost_usd", cost.hasCost() ? cost.outputCost() : null);
    json.writeArrayFieldStart("lines");
    for (int i = 0; i < cost.lineCount(); i++) {
      writeLine(cost.line(i));
    }
    json.writeEndArray();
    writePrice(cost);
    json.writeArrayFieldStart("fallbacks");
    for (String fallback : cost.fallbacks()) {
      json.writeString(fallback);
    }
    json.writeEndArray();
    if (cost.status() == PricingStatus.UNPRICED) {
      writeText("reason", cost.unpricedText());
    }
    endLine();
  }

  /** A line that is no event that could be priced. */
  void writeError(long line, String error) throws IOException {
    json.writeStartObject();
    json.writeNumberField("line", line);
    json.writeStringField("error", error);
    endLine();
  }

  void flush() throws IOException {
    json.flush();
  }

  private void writeLine(CostLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("unit", line.unit());
    json.writeStringField("quantity", line.quantity().toPlainString());
    json.writeStringField("unit_price_usd", Picos.toPlainString(line.picosPerUnit()));
    writeMoney("cost_usd", line.cost());
    json.writeEndObject();
  }

  /** Which row priced the event, and which of its rates. */
  private void writePrice(Cost cost) throws IOException {
    PricedBy priced = cost.pricedBy();
    if (priced == null) {
      json.writeNullField("price");
      return;
    }
    PriceRow row = priced.row();
    json.writeObjectFieldStart("price");
    json.writeStringField("provider", row.provider());
    json.writeStringField("model", row.model());
    writeText(
        "effective_from", row.effectiveFrom() == null ? null : row.effectiveFrom().toString());
    writeText("region", row.region());
    writeText("project", row.project());
    writeText("team", row.team());
    json.writeStringField("service_tier", cost.serviceTier());
    if (cost.contextThreshold() == RateTable.BASE) {
      json.writeNullField("context_threshold");
    } else {
      json.writeNumberField("context_threshold", cost.contextThreshold());
    }
    writeText("time_window", cost.timeWindow());
    writeText("source", row.source());
    json.writeEndObject();
  }

  private void writeMoney(String field, @Nullable Money amount) throws IOException {
    writeText(field, amount == null ? null : amount.toPlainString());
  }

  private void writeText(String field, @Nullable String text) throws IOException {
    if (text == null) {
      json.writeNullField(field);
    } else {
      json.writeStringField(field, text);
    }
  }

  private void endLine() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
