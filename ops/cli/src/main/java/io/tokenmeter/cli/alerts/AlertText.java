package io.tokenmeter.cli.alerts;

import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.WrappedText;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertDriver;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An alert as a few lines: what and how urgent, the sentence, what drives it. */
public final class AlertText {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter EARLIER =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final String INDENT = "          ";
  private static final int LEAST_WIDTH = 40;
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private final Style style;
  private final ZoneId zone;

  /** Alerts with times in a zone. */
  public AlertText(Style style, ZoneId zone) {
    this.style = style;
    this.zone = zone;
  }

  /** The headline and the sentence, in lines no wider than the width. */
  public List<String> brief(Alert alert, Instant now, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(alert, now, width));
    if (!stake(alert).isEmpty() && plain(alert, now).length() > width) {
      indented(lines, stake(alert).strip(), room(width), false);
    }
    indented(lines, alert.getSentence(), room(width), false);
    return lines;
  }

  /** All there is to say, in lines no wider than the width. */
  public List<String> lines(Alert alert, Instant now, int width) {
    List<String> lines = brief(alert, now, width);
    int room = room(width);
    String drivers = drivers(alert);
    if (!drivers.isEmpty()) {
      indented(lines, "by " + drivers, room, true);
    }
    if (!alert.getAlso().isEmpty()) {
      indented(lines, "also in " + String.join(", ", alert.getAlso()), room, true);
    }
    return lines;
  }

  /** One line: how urgent, since when, the detector, the subject, and the dollars if they fit. */
  String headline(Alert alert, Instant now, int width) {
    boolean firing = AlertBoard.isFiring(alert);
    String whole = plain(alert, now);
    String plain =
        whole.length() <= width
            ? whole
            : whole.substring(0, whole.length() - stake(alert).length());
    String cut = plain.length() <= width ? plain : plain.substring(0, Math.max(0, width));
    int label = Math.min(cut.length(), label(alert).length());
    String rest = cut.substring(label);
    return coloured(alert, cut.substring(0, label)) + (firing ? style.bold(rest) : style.dim(rest));
  }

  private String plain(Alert alert, Instant now) {
    boolean firing = AlertBoard.isFiring(alert);
    return "%-8s  %s  %-16s  %s%s"
        .formatted(
            label(alert),
            firing ? since(alert, now) : "ended " + time(ended(alert), now),
            alert.getDetector(),
            subject(alert),
            stake(alert));
  }

  private static int room(int width) {
    return Math.max(LEAST_WIDTH, width) - INDENT.length();
  }

  private void indented(List<String> lines, String text, int room, boolean dim) {
    WrappedText.lines(text, room)
        .forEach(line -> lines.add(INDENT + (dim ? style.dim(line) : line)));
  }

  private static String label(Alert alert) {
    return AlertBoard.isFiring(alert) ? alert.getSeverity().name() : "RESOLVED";
  }

  private String coloured(Alert alert, String label) {
    if (!AlertBoard.isFiring(alert)) {
      return style.green(label);
    }
    return switch (alert.getSeverity()) {
      case CRITICAL -> style.red(label);
      case WARNING -> style.yellow(label);
      case INFO -> style.cyan(label);
    };
  }

  private static String subject(Alert alert) {
    return alert.getKey().isEmpty()
        ? "usage without " + alert.getDimension()
        : alert.getDimension() + ":" + alert.getKey();
  }

  private static String stake(Alert alert) {
    BigDecimal stake = AlertBoard.atStake(alert);
    return !AlertBoard.isFiring(alert) || stake.signum() == 0
        ? ""
        : "  " + Figures.dollars(stake, 2) + " a day at stake";
  }

  private String since(Alert alert, Instant now) {
    Instant since = alert.getSince();
    return "since %s (%s)".formatted(time(since, now), length(Duration.between(since, now)));
  }

  private static Instant ended(Alert alert) {
    Instant resolved = alert.getResolvedAt();
    return resolved == null ? alert.getUpdatedAt() : resolved;
  }

  private String time(Instant time, Instant now) {
    boolean today =
        time.atZone(zone)
            .truncatedTo(ChronoUnit.DAYS)
            .equals(now.atZone(zone).truncatedTo(ChronoUnit.DAYS));
    return (today ? TODAY : EARLIER).format(time.atZone(zone));
  }

  private static String length(Duration time) {
    if (time.toMinutes() < 2) {
      return Math.max(0, time.toSeconds()) + " s";
    }
    if (time.toHours() < 2) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " days";
  }

  /** Those that come to a cent; less explains nothing. */
  private static String drivers(Alert alert) {
    return alert.getDrivers().stream()
        .filter(driver -> driver.getPartUsd().abs().compareTo(CENT) >= 0)
        .map(AlertText::driver)
        .collect(Collectors.joining("; "));
  }

  private static String driver(AlertDriver driver) {
    BigDecimal part = driver.getPartUsd();
    return "%s %s%s (%s)"
        .formatted(
            driver.getName(),
            part.signum() < 0 ? "-" : "+",
            Figures.dollars(part.abs(), 2),
            driver.getDetail());
  }
}
