package io.tokenmeter.cli.reprice;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.domain.money.Money;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is to be corrected, and what is not, as text and as JSON. */
final class RepriceReport {
  private static final int KEYS_SHOWN = 5;

  private final Scope scope;
  private final Corrections corrections;

  RepriceReport(Scope scope, Corrections corrections) {
    this.scope = scope;
    this.corrections = corrections;
  }

  /** The report as lines. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add("Usage of " + scope);
    lines.add("");
    TextTable figures = new TextTable("lr");
    figures.row("Events in costed-usage", Figures.count(corrections.inScope));
    figures.row("Costed as they are now", Figures.count(corrections.unchanged));
    row(figures, "Held without a price", corrections.held);
    row(figures, "Covered by no row any more", corrections.losingPrice);
    figures.row("To be corrected", Figures.count(corrections.all().events()));
    row(figures, "  of them at the same cost by another row", corrections.sameCost);
    row(figures, "  of them older than the roll-ups keep", corrections.beyondRollups);
    row(figures, "  of them of runs that are forgotten", corrections.beyondRuns);
    if (corrections.all().events() > 0) {
      figures.row("Cost so far, USD", usd(corrections.all().before()));
      figures.row("Cost corrected, USD", usd(corrections.all().now()));
      figures.row("Difference, USD", signed(corrections.all().difference()));
    }
    lines.addAll(figures.lines());
    if (corrections.all().events() > 0) {
      addTables(lines);
    }
    return lines;
  }

  private static void row(TextTable table, String label, long count) {
    if (count > 0) {
      table.row(label, Figures.count(count));
    }
  }

  private void addTables(List<String> lines) {
    TextTable days = table("DAY");
    for (Map.Entry<LocalDate, CostDifference> day : corrections.byDay().entrySet()) {
      row(days, day.getKey().toString(), day.getValue());
    }
    lines.add("");
    lines.addAll(days.lines());
    for (String dimension : corrections.dimensions()) {
      List<Map.Entry<String, CostDifference>> keys = corrections.by(dimension);
      if (keys.size() == 1 && keys.get(0).getKey().isEmpty()) {
        continue; // no event carries it
      }
      TextTable table = table(dimension.toUpperCase(java.util.Locale.ROOT));
      keys.stream()
          .limit(KEYS_SHOWN)
          .forEach(key -> row(table, key.getKey().isEmpty() ? "-" : key.getKey(), key.getValue()));
      lines.add("");
      lines.addAll(table.lines());
      if (keys.size() > KEYS_SHOWN) {
        lines.add("and " + Figures.count(keys.size() - KEYS_SHOWN) + " more, with --json");
      }
    }
  }

  private static TextTable table(String title) {
    TextTable table = new TextTable("lrrrr");
    table.row(title, "EVENTS", "SO FAR USD", "CORRECTED USD", "DIFFERENCE USD");
    return table;
  }

  private static void row(TextTable table, String name, CostDifference cost) {
    table.row(
        name,
        Figures.count(cost.events()),
        usd(cost.before()),
        usd(cost.now()),
        signed(cost.difference()));
  }

  private static String usd(Money money) {
    return money.toPlainString();
  }

  private static String signed(Money money) {
    return (money.signum() > 0 ? "+" : "") + money.toPlainString();
  }

  /** Writes the fields of a JSON object. */
  void json(JsonGenerator out) throws IOException {
    out.writeStringField("provider", scope.provider());
    out.writeStringField("model", scope.model());
    out.writeStringField("from", scope.from().toString());
    out.writeStringField("to", scope.to().toString());
    out.writeNumberField("events", corrections.inScope);
    out.writeNumberField("unchanged", corrections.unchanged);
    out.writeNumberField("held", corrections.held);
    out.writeNumberField("losing_their_price", corrections.losingPrice);
    out.writeNumberField("at_the_same_cost", corrections.sameCost);
    out.writeNumberField("beyond_rollup_retention", corrections.beyondRollups);
    out.writeNumberField("beyond_run_retention", corrections.beyondRuns);
    out.writeObjectFieldStart("corrections");
    fields(out, corrections.all());
    out.writeEndObject();
    out.writeArrayFieldStart("days");
    for (Map.Entry<LocalDate, CostDifference> day : corrections.byDay().entrySet()) {
      out.writeStartObject();
      out.writeStringField("day", day.getKey().toString());
      fields(out, day.getValue());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeObjectFieldStart("dimensions");
    for (String dimension : corrections.dimensions()) {
      out.writeArrayFieldStart(dimension);
      for (Map.Entry<String, CostDifference> key : corrections.by(dimension)) {
        out.writeStartObject();
        out.writeStringField("key", key.getKey());
        fields(out, key.getValue());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void fields(JsonGenerator out, CostDifference cost) throws IOException {
    out.writeNumberField("events", cost.events());
    out.writeStringField("cost_before_usd", usd(cost.before()));
    out.writeStringField("cost_usd", usd(cost.now()));
    out.writeStringField("difference_usd", usd(cost.difference()));
  }
}
