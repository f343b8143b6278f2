package io.tokenmeter.cli.estimate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.cli.terminal.WrappedText;
import io.tokenmeter.domain.estimate.Estimate;
import io.tokenmeter.domain.estimate.Workload;
import io.tokenmeter.domain.price.PriceRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An estimate and its alternatives, for people and as JSON.
 *
 * @param load the traffic
 * @param at the moment whose prices apply
 * @param list name of the price list
 * @param providers the one that was priced with, and others that have the model too
 * @param chosen the model that was asked for; priced
 * @param all every model of the list, the cheapest first
 */
record EstimateReport(
    Workload load,
    Instant at,
    String list,
    List<String> providers,
    Estimate chosen,
    List<Estimate> all) {

  private static final int RATIO_DIGITS = 3;

  /**
   * The report for people.
   *
   * @param width of a line, characters
   */
  List<String> text(int width) {
    List<String> lines = new ArrayList<>();
    String what =
        "%s requests a day of %s input and %s output tokens; cached %s, batch %s, allowance %s."
            .formatted(
                Figures.count(load.requestsPerDay()),
                Figures.count(load.inputTokens()),
                Figures.count(load.outputTokens()),
                percent(load.cachedShare()),
                percent(load.batchShare()),
                percent(load.allowance()));
    lines.addAll(WrappedText.lines(what, width));
    lines.add("Prices: " + list + ", as of " + at + ".");
    lines.add("");
    lines.addAll(summary());
    lines.add("");
    lines.addAll(table().lines(width));
    remarks().forEach(remark -> lines.addAll(WrappedText.lines(remark, width)));
    return lines;
  }

  private List<String> summary() {
    TextTable table = new TextTable("lr");
    table.row(chosen.model() + " (" + chosen.provider() + ")", "USD");
    table.row("  a request, allowance included", amount(chosen.perRequest()));
    table.row("  a day", amount(chosen.perDay()));
    table.row("  a month of " + Estimate.DAYS_PER_MONTH + " days", amount(chosen.perMonth()));
    return table.lines();
  }

  private TextTable table() {
    TextTable table = new TextTable("llrrrrl");
    table.row("", "MODEL", "A REQUEST", "A DAY", "A MONTH", "RATIO", "");
    for (Estimate estimate : all) {
      if (estimate.isPriced()) {
        table.row(
            isChosen(estimate) ? ">" : "",
            estimate.model() + " (" + estimate.provider() + ")",
            amount(estimate.perRequest()),
            amount(estimate.perDay()),
            amount(estimate.perMonth()),
            ratio(estimate) + "x",
            String.join(", ", estimate.fallbacks()));
      }
    }
    return table;
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    List<String> unpriced =
        all.stream()
            .filter(estimate -> !estimate.isPriced())
            .map(estimate -> estimate.model() + " (" + estimate.unpriced() + ")")
            .toList();
    if (!unpriced.isEmpty()) {
      remarks.add("Not priced for this traffic: " + String.join(", ", unpriced) + ".");
    }
    if (providers.size() > 1) {
      remarks.add(
          "%s is sold by %s; the first of the list is taken, choose with --provider."
              .formatted(chosen.model(), String.join(", ", providers)));
    }
    PriceRow row = chosen.row();
    if (row != null && row.source() != null) {
      remarks.add("Price of " + chosen.model() + ": " + row.source());
    }
    if (!remarks.isEmpty()) {
      remarks.add(0, "");
    }
    return remarks;
  }

  void json(PrintWriter out) throws IOException {
    JsonOut.print(
        out,
        object -> {
          object.writeNumberField("requests_per_day", load.requestsPerDay());
          object.writeNumberField("input_tokens", load.inputTokens());
          object.writeNumberField("output_tokens", load.outputTokens());
          object.writeStringField("cached_share", load.cachedShare().toPlainString());
          object.writeStringField("batch_share", load.batchShare().toPlainString());
          object.writeStringField("allowance", load.allowance().toPlainString());
          object.writeStringField("prices", list);
          object.writeStringField("prices_as_of", at.toString());
          object.writeObjectFieldStart("chosen");
          write(object, chosen);
          object.writeEndObject();
          object.writeArrayFieldStart("models");
          for (Estimate estimate : all) {
            object.writeStartObject();
            write(object, estimate);
            object.writeBooleanField("chosen", isChosen(estimate));
            object.writeEndObject();
          }
          object.writeEndArray();
        });
  }

  private void write(JsonGenerator json, Estimate estimate) throws IOException {
    json.writeStringField("provider", estimate.provider());
    json.writeStringField("model", estimate.model());
    money(json, "usd_per_call", estimate.perCall());
    money(json, "usd_per_request", estimate.perRequest());
    money(json, "usd_per_day", estimate.perDay());
    money(json, "usd_per_month", estimate.perMonth());
    json.writeStringField("ratio", estimate.isPriced() ? ratio(estimate) : null);
    PriceRow row = estimate.row();
    json.writeStringField("price_key", row == null ? null : row.key());
    json.writeStringField("source", row == null ? null : row.source());
    json.writeArrayFieldStart("fallbacks");
    for (String fallback : estimate.fallbacks()) {
      json.writeString(fallback);
    }
    json.writeEndArray();
    json.writeStringField("unpriced_reason", estimate.unpriced());
  }

  private static void money(JsonGenerator json, String field, @Nullable BigDecimal amount)
      throws IOException {
    json.writeStringField(field, amount == null ? null : Figures.exact(amount));
  }

  private boolean isChosen(Estimate estimate) {
    return Objects.equals(estimate.row(), chosen.row());
  }

  /** How many times the chosen model's cost, to three digits; nothing is a multiple of nothing. */
  private String ratio(Estimate estimate) {
    BigDecimal own = Objects.requireNonNull(estimate.perDay());
    BigDecimal base = Objects.requireNonNull(chosen.perDay());
    if (base.signum() == 0) {
      return own.signum() == 0 ? "1" : "-";
    }
    BigDecimal ratio = own.divide(base, 20, RoundingMode.HALF_EVEN);
    return ratio.round(new MathContext(RATIO_DIGITS)).stripTrailingZeros().toPlainString();
  }

  private static String amount(@Nullable BigDecimal amount) {
    return amount == null ? "" : Figures.amount(amount);
  }

  private static String percent(BigDecimal share) {
    return Figures.exact(share.movePointRight(2)) + " %";
  }
}
