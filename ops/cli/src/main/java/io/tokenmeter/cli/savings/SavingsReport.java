package io.tokenmeter.cli.savings;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.cli.terminal.WrappedText;
import io.tokenmeter.domain.estimate.Estimate;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.SubjectPattern;
import io.tokenmeter.domain.savings.Saving;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Savings, for people and as JSON; dollars are of a month of 30 days.
 *
 * @param from start of the days looked at
 * @param to their end, exclusive
 * @param requests how many requests there are
 * @param spent what they cost
 * @param savings what was found, in any order
 * @param mayWait whose requests may wait for a batch
 * @param withRates whether rented capacity was compared
 */
record SavingsReport(
    Instant from,
    Instant to,
    long requests,
    Money spent,
    List<Saving> savings,
    List<SubjectPattern> mayWait,
    boolean withRates) {

  /**
   * The report for people.
   *
   * @param limit rows of each kind
   * @param width of a line, characters
   */
  List<String> text(int limit, int width) {
    List<String> lines = new ArrayList<>();
    String spending =
        "%s from %s to %s cost %s USD, %s a month of %d days at that rate."
            .formatted(
                Figures.counted(requests, "request"),
                from,
                to,
                Figures.amount(spent.toBigDecimal()),
                dollars(spent),
                Estimate.DAYS_PER_MONTH);
    lines.addAll(WrappedText.lines(spending, width));
    lines.add("Dollars below are a month's. Savings overlap: they do not add up.");
    for (Saving.Kind kind : Saving.Kind.values()) {
      lines.add("");
      lines.add(title(kind));
      lines.addAll(section(kind, limit, width));
    }
    return lines;
  }

  private static String title(Saving.Kind kind) {
    return switch (kind) {
      case BATCH -> "BATCH TIER";
      case CACHE -> "CACHED INPUT";
      case SMALLER_MODEL -> "CHEAPER MODEL";
      case OUTPUT_CAP -> "LONG OUTPUT";
      case AT_CAP -> "OUTPUT AT ITS CAP";
      case CAPACITY -> "RENTED CAPACITY";
    };
  }

  private List<String> section(Saving.Kind kind, int limit, int width) {
    List<Saving> rows = rows(kind);
    if (rows.isEmpty()) {
      return WrappedText.lines(nothing(kind), width);
    }
    List<String> lines = new ArrayList<>();
    TextTable table = new TextTable("lrrr|ll|l");
    table.row("SUBJECT", "REQUESTS", "SPENT", "SAVED", "MODEL", heading(kind), "FROM");
    rows.stream().limit(limit).forEach(saving -> table.row(cells(saving)));
    lines.addAll(table.lines(width));
    if (rows.size() > limit) {
      lines.add(rows.size() - limit + " more; see them with --limit");
    }
    lines.addAll(WrappedText.lines("Assumes: " + kind.assumption(), width));
    return lines;
  }

  private List<Saving> rows(Saving.Kind kind) {
    return savings.stream()
        .filter(saving -> saving.kind() == kind)
        .sorted(
            Comparator.comparing(Saving::saved)
                .thenComparing(Saving::spent)
                .reversed()
                .thenComparing(Saving::subject))
        .toList();
  }

  private static String heading(Saving.Kind kind) {
    return switch (kind) {
      case CACHE -> "LIKE";
      case SMALLER_MODEL -> "INSTEAD BY";
      case OUTPUT_CAP -> "CAP";
      case CAPACITY -> "NEEDS";
      case BATCH, AT_CAP -> "";
    };
  }

  private String[] cells(Saving saving) {
    return new String[] {
      saving.subject(),
      Figures.count(saving.requests()),
      dollars(saving.spent()),
      dollars(saving.saved()),
      saving.model() + " (" + saving.provider() + ")",
      saving.alternative() == null ? "" : saving.alternative(),
      saving.evidence()
    };
  }

  private String nothing(Saving.Kind kind) {
    return switch (kind) {
      case BATCH ->
          mayWait.isEmpty()
              ? "Not looked at: usage does not say who waits for an answer. Say it with"
                  + " --batch-eligible workflow:NAME."
              : "No request at the standard tier is named by the rule and has a batch price.";
      case CACHE -> "No subject caches clearly less than another one of the same model.";
      case SMALLER_MODEL ->
          "No step or workflow is done by a cheaper model as well, as successfully.";
      case OUTPUT_CAP -> "No subject writes 1 % of its output beyond its 99th percentile.";
      case AT_CAP -> "No request with a cap wrote until it.";
      case CAPACITY ->
          withRates
              ? "The file of rates is empty."
              : "Not looked at: give the rates of what could be rented with --rates FILE.";
    };
  }

  void json(PrintWriter out) throws IOException {
    JsonOut.print(
        out,
        object -> {
          object.writeStringField("from", from.toString());
          object.writeStringField("to", to.toString());
          object.writeNumberField("requests", requests);
          object.writeStringField("spent_usd", spent.toPlainString());
          object.writeStringField("spent_usd_per_month", perMonth(spent).toPlainString());
          object.writeArrayFieldStart("savings");
          for (Saving.Kind kind : Saving.Kind.values()) {
            for (Saving saving : rows(kind)) {
              write(object, saving);
            }
          }
          object.writeEndArray();
        });
  }

  private void write(JsonGenerator json, Saving saving) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", saving.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("subject", saving.subject());
    json.writeStringField("provider", saving.provider());
    json.writeStringField("model", saving.model());
    json.writeStringField("alternative", saving.alternative());
    json.writeNumberField("requests", saving.requests());
    json.writeStringField("spent_usd", saving.spent().toPlainString());
    json.writeStringField("saved_usd", saving.saved().toPlainString());
    json.writeStringField("spent_usd_per_month", perMonth(saving.spent()).toPlainString());
    json.writeStringField("saved_usd_per_month", perMonth(saving.saved()).toPlainString());
    json.writeStringField("evidence", saving.evidence());
    json.writeStringField("assumption", saving.kind().assumption());
    json.writeEndObject();
  }

  /** Scaled from the days looked at, to the cent. */
  private BigDecimal perMonth(Money amount) {
    return amount
        .toBigDecimal()
        .multiply(BigDecimal.valueOf(Duration.ofDays(Estimate.DAYS_PER_MONTH).toMillis()))
        .divide(
            BigDecimal.valueOf(Duration.between(from, to).toMillis()), 2, RoundingMode.HALF_EVEN);
  }

  private String dollars(Money amount) {
    return Figures.dollars(perMonth(amount), 2);
  }
}
