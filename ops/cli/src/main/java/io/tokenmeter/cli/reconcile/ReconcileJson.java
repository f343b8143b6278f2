package io.tokenmeter.cli.reconcile;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.domain.reconcile.Amounts;
import io.tokenmeter.domain.reconcile.Billed;
import io.tokenmeter.domain.reconcile.Comparison;
import io.tokenmeter.domain.reconcile.Explanation;
import io.tokenmeter.domain.reconcile.Reconciliation;
import io.tokenmeter.domain.reconcile.TokenKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison of an export with costed usage as one JSON object. */
final class ReconcileJson {
  private ReconcileJson() {}

  /** Prints the object. */
  static void print(PrintWriter out, ReconcileReport report) throws IOException {
    Billed billed = report.billed();
    Reconciliation result = report.result();
    JsonOut.print(
        out,
        object -> {
          object.writeStringField("format", report.invoice().format().toString());
          object.writeStringField("provider", report.provider());
          object.writeStringField("from", billed.days().first().toString());
          object.writeStringField("to", billed.days().last().toString());
          object.writeStringField("time_zone", report.zone().getId());
          object.writeStringField("tolerance", Figures.exact(report.tolerance().share()));
          object.writeStringField("tolerance_usd", Figures.exact(report.tolerance().usd()));
          object.writeStringField("source", report.source().toString());
          object.writeNumberField("metered_requests", report.requests());
          object.writeBooleanField("complete", report.invoice().complete());
          object.writeBooleanField("agrees", result.agrees());
          write(object, "models", result.models(), false);
          write(object, "days", result.days(), true);
        });
  }

  private static void write(JsonGenerator json, String field, List<Comparison> rows, boolean days)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Comparison row : rows) {
      json.writeStartObject();
      if (days) {
        json.writeStringField("day", row.day().toString());
      }
      json.writeStringField("model", row.model());
      json.writeBooleanField("agrees", row.agrees());
      side(json, "billed", row.billed());
      side(json, "metered", row.metered());
      if (days) {
        json.writeArrayFieldStart("causes");
        for (Explanation why : row.explanations()) {
          json.writeStartObject();
          json.writeStringField("cause", why.cause().name());
          json.writeStringField("text", why.text());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void side(JsonGenerator json, String field, Amounts amounts) throws IOException {
    json.writeObjectFieldStart(field);
    BigDecimal cost = amounts.cost();
    json.writeStringField("cost_usd", cost == null ? null : Figures.exact(cost));
    for (TokenKind kind : TokenKind.values()) {
      number(json, kind.name().toLowerCase(Locale.ROOT) + "_tokens", amounts.tokens(kind));
    }
    number(json, "batch_tokens", amounts.batchTokens());
    number(json, "requests", amounts.requests());
    json.writeNumberField("unpriced_requests", amounts.unpriced());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String field, @Nullable Long count)
      throws IOException {
    if (count == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, count);
    }
  }
}
