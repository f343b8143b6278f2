package io.tokenmeter.cli.reconcile;

import io.tokenmeter.cli.terminal.WrappedText;
import io.tokenmeter.domain.reconcile.Cause;
import io.tokenmeter.domain.reconcile.Comparison;
import io.tokenmeter.domain.reconcile.Explanation;
import io.tokenmeter.domain.reconcile.TokenKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why days differ: a paragraph for each cause of a model, in the words of its worst day. */
final class CauseText {
  private static final String INDENT = "  ";

  private CauseText() {}

  /**
   * The lines.
   *
   * @param compared days of models, in their order
   * @param width of a line, characters
   */
  static List<String> lines(List<Comparison> compared, int width) {
    record Reason(String model, Cause cause) {}
    Map<Reason, List<Comparison>> byReason = new LinkedHashMap<>();
    for (Comparison day : compared) {
      for (Explanation why : day.explanations()) {
        byReason
            .computeIfAbsent(new Reason(day.model(), why.cause()), any -> new ArrayList<>())
            .add(day);
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("Likely causes:");
    byReason.forEach(
        (reason, days) ->
            WrappedText.lines(
                    ReconcileReport.label(reason.model) + ": " + words(reason.cause, days),
                    width - INDENT.length())
                .forEach(line -> lines.add(INDENT + line)));
    lines.add("");
    return lines;
  }

  private static String words(Cause cause, List<Comparison> days) {
    Comparison worst = Collections.max(days, Comparator.comparing(CauseText::size));
    String text = text(worst, cause);
    boolean same = days.stream().allMatch(day -> text(day, cause).equals(text));
    String first = days.get(0).day().toString();
    String span =
        days.size() == 1
            ? first
            : days.size() + " days, " + first + " to " + days.get(days.size() - 1).day();
    return text + ". [" + span + (same ? "]" : "; the figures are of " + worst.day() + "]");
  }

  private static String text(Comparison day, Cause cause) {
    return day.explanations().stream()
        .filter(why -> why.cause() == cause)
        .findFirst()
        .map(Explanation::text)
        .orElse("");
  }

  /** How much a day differs: in dollars, or in input tokens where there are no dollars. */
  private static BigDecimal size(Comparison day) {
    BigDecimal usd = day.costDifference();
    Long tokens = day.tokenDifference(TokenKind.INPUT);
    return usd != null ? usd.abs() : BigDecimal.valueOf(tokens == null ? 0 : Math.abs(tokens));
  }
}
