package io.tokenmeter.policyfiles;

import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPeriod;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.SubjectPattern;
import java.io.IOException;
import java.io.Reader;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files of budgets: a list under {@code budgets}. */
public final class BudgetFiles {
  /** Said as it is written, where ZoneOffset.UTC says Z. */
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static final Set<String> KEYS =
      Set.of("id", "subject", "period", "limit_usd", "time_zone", "thresholds_percent", "owner");

  private BudgetFiles() {}

  /**
   * Reads a file.
   *
   * @throws UnreadableDocumentException if it is no YAML, or has no list of budgets
   */
  public static FileContents<Budget> read(Reader text) throws IOException {
    return EntryList.read(text, "budgets", BudgetFiles::budget, budget -> "budget " + budget.id());
  }

  private static @Nullable Budget budget(Node.Mapping entry, Errors errors) {
    int before = errors.count();
    errors.unknownKeys(entry, KEYS);
    String id = errors.text(entry, "id", true);
    Subject subject = errors.value(entry, "subject", true, BudgetFiles::subject);
    BudgetPeriod period = errors.value(entry, "period", true, BudgetFiles::period);
    Money limit = errors.value(entry, "limit_usd", true, BudgetFiles::dollars);
    ZoneId zone = errors.value(entry, "time_zone", false, BudgetFiles::zone);
    List<Integer> thresholds = thresholds(entry, errors);
    String owner = errors.text(entry, "owner", false);
    if (id == null || subject == null || period == null || limit == null) {
      return null;
    }
    if (errors.count() > before) {
      return null;
    }
    try {
      return new Budget(id, subject, period, limit, zone == null ? UTC : zone, thresholds, owner);
    } catch (IllegalArgumentException e) {
      errors.add(entry.line(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** The same form as a policy's pattern, but one subject. */
  private static Subject subject(String text) {
    SubjectPattern pattern = SubjectPattern.parse(text);
    if (!pattern.isOneSubject()) {
      throw new IllegalArgumentException(
          "subject '" + text + "' has a wildcard; a budget is for one subject");
    }
    return new Subject(pattern.dimension(), pattern.glob());
  }

  private static BudgetPeriod period(String text) {
    return Arrays.stream(BudgetPeriod.values())
        .filter(period -> label(period).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("period must be day or month, not '" + text + "'"));
  }

  static String label(BudgetPeriod period) {
    return period.name().toLowerCase(Locale.ROOT);
  }

  private static Money dollars(String text) {
    try {
      return Money.parse(text);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "limit_usd must be US dollars with up to 12 decimals, not '" + text + "'", e);
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "unknown time_zone '" + text + "'; use a name such as Europe/Berlin", e);
    }
  }

  private static List<Integer> thresholds(Node.Mapping entry, Errors errors) {
    Node value = entry.get("thresholds_percent");
    if (value == null) {
      return Budget.THRESHOLDS;
    }
    List<Integer> percents = new ArrayList<>();
    if (value instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        if (item instanceof Node.Scalar scalar && scalar.text().matches("\\d{1,4}")) {
          percents.add(Integer.valueOf(scalar.text()));
        } else {
          errors.add(item.line(), "thresholds_percent must be whole percents, such as [50, 80]");
        }
      }
    } else {
      errors.add(
          value.line(),
          "thresholds_percent must be a list such as [50, 80, 100], not " + value.kind());
    }
    return percents;
  }
}
