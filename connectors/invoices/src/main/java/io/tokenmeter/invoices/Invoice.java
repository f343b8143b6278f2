package io.tokenmeter.invoices;

import io.tokenmeter.domain.reconcile.BilledLine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an export says.
 *
 * @param format what it is
 * @param lines lines with usage or cost, days in UTC
 * @param days the days it covers, also those without a line
 * @param complete whether no page follows
 * @param unread columns that are not read
 */
public record Invoice(
    InvoiceFormat format,
    List<BilledLine> lines,
    Set<LocalDate> days,
    boolean complete,
    List<String> unread) {

  /** Stands for the model in lines for something that is not tokens, such as web searches. */
  public static final String FEES = "(fees)";

  public Invoice {
    lines = List.copyOf(lines);
    days = Set.copyOf(days);
    unread = List.copyOf(unread);
  }

  /** Whether fees have lines of their own, which are of no model. */
  public boolean hasFeesApart() {
    return format == InvoiceFormat.OPENAI_COSTS || format == InvoiceFormat.ANTHROPIC_COSTS;
  }

  /** This and the page or file that follows it. */
  public Invoice and(Invoice next) {
    List<BilledLine> allLines = new ArrayList<>(lines);
    allLines.addAll(next.lines);
    Set<LocalDate> allDays = new TreeSet<>(days);
    allDays.addAll(next.days);
    return new Invoice(format, allLines, allDays, next.complete, next.unread);
  }
}
