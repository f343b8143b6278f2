package io.tokenmeter.cli.reconcile;

import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.cli.terminal.WrappedText;
import io.tokenmeter.domain.reconcile.Amounts;
import io.tokenmeter.domain.reconcile.Billed;
import io.tokenmeter.domain.reconcile.Comparison;
import io.tokenmeter.domain.reconcile.Reconciliation;
import io.tokenmeter.domain.reconcile.TokenKind;
import io.tokenmeter.domain.reconcile.Tolerance;
import io.tokenmeter.invoices.Invoice;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of an export with costed usage, for people.
 *
 * @param invoice the export
 * @param provider who bills
 * @param zone where its days begin
 * @param tolerance how far the two may be apart
 * @param billed the export, added up
 * @param result the comparison
 * @param requests metered requests of the provider, those of the days around included
 * @param source where they are taken from
 * @param mayBeGone whether the days may be older than the events that are kept
 */
record ReconcileReport(
    Invoice invoice,
    String provider,
    ZoneId zone,
    Tolerance tolerance,
    Billed billed,
    Reconciliation result,
    long requests,
    MeteredSource source,
    boolean mayBeGone) {

  /**
   * The report for people.
   *
   * @param all whether days that agree are shown, too
   * @param width of a line, characters
   */
  List<String> text(boolean all, int width) {
    List<String> lines = new ArrayList<>();
    String compared =
        "%s, %s to %s, days in %s, against %s of %s."
            .formatted(
                invoice.format(),
                billed.days().first(),
                billed.days().last(),
                zone.getId(),
                Figures.counted(requests, "metered request"),
                provider);
    lines.addAll(WrappedText.lines(compared, width));
    lines.add("");
    lines.addAll(table("MODEL", result.models(), Comparison::model));
    lines.add("");
    List<Comparison> shown = result.days().stream().filter(day -> all || !day.agrees()).toList();
    if (!shown.isEmpty()) {
      lines.addAll(table("DAY", shown, day -> day.day() + " " + day.model()));
      lines.add("");
      lines.addAll(CauseText.lines(result.days(), width));
    }
    lines.addAll(WrappedText.lines(verdict(), width));
    remarks().forEach(remark -> lines.addAll(WrappedText.lines(remark, width)));
    return lines;
  }

  private interface Name {
    String of(Comparison comparison);
  }

  /** A row for the cost, and below it one for each kind of tokens that the export counts. */
  private static List<String> table(String title, List<Comparison> rows, Name name) {
    List<TokenKind> kinds = kinds(rows);
    boolean costs = rows.stream().anyMatch(row -> row.billed().cost() != null);
    String unit = costs ? " USD" : "";
    TextTable table = new TextTable("lrrrl");
    table.row(title, "BILLED" + unit, "METERED" + unit, "DIFFERENCE");
    for (Comparison row : rows) {
      table.row(
          label(name.of(row)),
          costs ? dollars(row.billed().cost()) : "",
          costs ? dollars(row.metered().cost()) : "",
          costs ? signed(row.costDifference()) : "",
          row.agrees() ? "" : "differs");
      for (TokenKind kind : kinds) {
        if (isThere(row.billed(), kind) || isThere(row.metered(), kind)) {
          table.row(
              "  " + kind.label() + " tokens",
              count(row.billed().tokens(kind)),
              count(row.metered().tokens(kind)),
              signed(row.tokenDifference(kind)));
        }
      }
    }
    return table.lines();
  }

  private static List<TokenKind> kinds(List<Comparison> rows) {
    return Stream.of(TokenKind.values())
        .filter(kind -> rows.stream().anyMatch(row -> row.billed().tokens(kind) != null))
        .toList();
  }

  private static boolean isThere(Amounts amounts, TokenKind kind) {
    Long tokens = amounts.tokens(kind);
    return tokens != null && tokens != 0;
  }

  private String verdict() {
    int all = result.days().size();
    long differing = result.days().stream().filter(day -> !day.agrees()).count();
    String share = Figures.exact(tolerance.share().movePointRight(2)) + " %";
    String usd = Figures.exact(tolerance.usd()) + " USD";
    return differing == 0
        ? "All %d days of models agree within %s or %s a day.".formatted(all, share, usd)
        : "%d of %d days of models differ by more than %s and %s."
            .formatted(differing, all, share, usd);
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (!invoice.complete()) {
      remarks.add(
          "The export is not whole (has_more): fetch its next_page and give it with another"
              + " --invoice.");
    }
    if (source == MeteredSource.ROLLUPS) {
      remarks.add("Roll-ups do not say who served a model: all providers' usage of it is counted.");
    }
    if (mayBeGone) {
      remarks.add(
          "The first days are longer ago than costed-usage is kept, so that their events may be"
              + " gone: try --source rollups.");
    }
    if (!invoice.unread().isEmpty()) {
      remarks.add("Columns that were not read: " + String.join(", ", invoice.unread()) + ".");
    }
    if (!billed.isByModel()) {
      remarks.add("The export names no models; group it by model or line item to compare them.");
    }
    return remarks;
  }

  static String label(String model) {
    return model.isBlank() ? "all models" : model;
  }

  private static String dollars(@Nullable BigDecimal usd) {
    return usd == null ? "-" : Figures.amount(usd);
  }

  private static String signed(@Nullable BigDecimal usd) {
    return usd == null ? "-" : (usd.signum() > 0 ? "+" : "") + Figures.amount(usd);
  }

  private static String count(@Nullable Long count) {
    return count == null ? "-" : Figures.count(count);
  }

  private static String signed(@Nullable Long difference) {
    return difference == null ? "-" : (difference > 0 ? "+" : "") + Figures.count(difference);
  }
}
