package io.tokenmeter.cli.forecast;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.cli.terminal.WrappedText;
import io.tokenmeter.domain.forecast.Backtest;
import io.tokenmeter.domain.forecast.MonthForecast;
import io.tokenmeter.domain.money.Money;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts of a month, for people and as JSON.
 *
 * @param dimension what the subjects are
 * @param now when the forecast is made, in the zone where days begin
 * @param growth how many times as much is spent from now on, or null
 * @param subjects the dearest first
 * @param total all subjects together
 * @param unpriced requests whose cost is missing
 */
record ForecastReport(
    String dimension,
    ZonedDateTime now,
    @Nullable BigDecimal growth,
    List<SubjectForecast> subjects,
    MonthForecast total,
    long unpriced) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy HH:mm VV", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);

  /**
   * The report for people.
   *
   * @param limit how many subjects
   * @param width of a line, characters
   */
  List<String> text(int limit, int width) {
    List<String> lines = new ArrayList<>();
    String what =
        "%s by %s, as of %s. Exact until then, estimated after it."
            .formatted(MONTH.format(now), dimension, TIME.format(now));
    lines.addAll(WrappedText.lines(what, width));
    lines.add("");
    lines.addAll(table(limit).lines(width));
    lines.add("");
    if (subjects.size() > limit) {
      lines.add(subjects.size() - limit + " more subjects; see them with --limit");
    }
    lines.addAll(WrappedText.lines(howGood(), width));
    if (unpriced > 0) {
      lines.add(Figures.count(unpriced) + " requests have no price yet; their cost is missing.");
    }
    return lines;
  }

  private TextTable table(int limit) {
    TextTable table = new TextTable("lrrrrr|rr");
    List<String> head =
        new ArrayList<>(
            List.of(
                dimension.toUpperCase(Locale.ROOT), "SO FAR", "MONTH END", "LOW", "HIGH", "ERROR"));
    if (growth != null) {
      head.add("END AT x" + Figures.exact(growth));
      head.add("NEXT MONTH AT x" + Figures.exact(growth));
    }
    table.row(head.toArray(String[]::new));
    subjects.stream().limit(limit).forEach(s -> table.row(row(s.name(), s.forecast())));
    table.row(row("all", total));
    return table;
  }

  private String[] row(String name, MonthForecast forecast) {
    List<String> cells = new ArrayList<>(List.of(name, dollars(forecast.soFar())));
    if (!forecast.isFounded()) {
      cells.add("too new");
      return cells.toArray(String[]::new);
    }
    cells.add(dollars(forecast.expected()));
    cells.add(dollars(forecast.low()));
    cells.add(dollars(forecast.high()));
    cells.add(forecast.backtest().isFounded() ? percent(forecast.backtest().medianError()) : "?");
    if (growth != null) {
      MonthForecast grown = forecast.grown(growth);
      cells.add(dollars(grown.expected()));
      cells.add(dollars(grown.nextMonth()));
    }
    return cells.toArray(String[]::new);
  }

  private String howGood() {
    Backtest backtest = total.backtest();
    if (!backtest.isFounded()) {
      return "All: "
          + total.historyDays()
          + " days of history are too few to try the forecast on; the range is how far days"
          + " scatter.";
    }
    return "All: %d forecasts of the past, %d days ahead, were off by %s (median); 8 of 10 came out from %s to %s of what was forecast."
        .formatted(
            backtest.forecasts(),
            backtest.days(),
            percent(backtest.medianError()),
            percent(backtest.low()),
            percent(backtest.high()));
  }

  void json(PrintWriter out) throws IOException {
    JsonOut.print(
        out,
        object -> {
          object.writeStringField("dimension", dimension);
          object.writeStringField("as_of", now.toOffsetDateTime().toString());
          object.writeStringField("time_zone", now.getZone().getId());
          object.writeStringField("month", now.toLocalDate().withDayOfMonth(1).toString());
          object.writeStringField("growth", growth == null ? null : Figures.exact(growth));
          object.writeStringField(
              "method", "weekday median of 8 weeks times the level of the last 7 days");
          object.writeNumberField("unpriced_requests", unpriced);
          object.writeArrayFieldStart("subjects");
          for (SubjectForecast subject : subjects) {
            object.writeStartObject();
            object.writeStringField("subject", subject.name());
            write(object, subject.forecast());
            object.writeEndObject();
          }
          object.writeEndArray();
          object.writeObjectFieldStart("all");
          write(object, total);
          object.writeEndObject();
        });
  }

  private void write(JsonGenerator json, MonthForecast forecast) throws IOException {
    json.writeStringField("so_far_usd", forecast.soFar().toPlainString());
    json.writeNumberField("history_days", forecast.historyDays());
    json.writeBooleanField("founded", forecast.isFounded());
    json.writeStringField("month_end_usd", forecast.expected().toPlainString());
    json.writeStringField("low_usd", forecast.low().toPlainString());
    json.writeStringField("high_usd", forecast.high().toPlainString());
    json.writeStringField("next_month_usd", forecast.nextMonth().toPlainString());
    if (growth != null) {
      MonthForecast grown = forecast.grown(growth);
      json.writeStringField("grown_month_end_usd", grown.expected().toPlainString());
      json.writeStringField("grown_low_usd", grown.low().toPlainString());
      json.writeStringField("grown_high_usd", grown.high().toPlainString());
      json.writeStringField("grown_next_month_usd", grown.nextMonth().toPlainString());
    }
    Backtest backtest = forecast.backtest();
    json.writeObjectFieldStart("backtest");
    json.writeNumberField("forecasts", backtest.forecasts());
    json.writeNumberField("days_ahead", backtest.days());
    json.writeNumberField("median_error", rounded(backtest.medianError()));
    json.writeNumberField("low", rounded(backtest.low()));
    json.writeNumberField("high", rounded(backtest.high()));
    json.writeEndObject();
  }

  private static BigDecimal rounded(double share) {
    return BigDecimal.valueOf(share).setScale(4, RoundingMode.HALF_EVEN);
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share * 100).setScale(1, RoundingMode.HALF_EVEN) + " %";
  }

  private static String dollars(Money money) {
    return Figures.dollars(money.toBigDecimal(), 2);
  }
}
