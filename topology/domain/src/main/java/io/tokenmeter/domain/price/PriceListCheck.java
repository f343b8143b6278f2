package io.tokenmeter.domain.price;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Checks a price list before it is published.
 *
 * <p>An error is a price that would be wrong or could not be used; a warning is one outside the
 * usual, which a person may confirm. Each finding names the row and says what to do.
 */
public final class PriceListCheck {

  private PriceListCheck() {}

  /** All findings: first those of each row by itself, in their order, then those between rows. */
  public static List<Finding> check(Collection<PriceRow> rows) {
    List<Finding> findings = new ArrayList<>();
    for (PriceRow row : rows) {
      RowFindings ofRow = new RowFindings(row, findings);
      RowCheck.check(row, ofRow);
      UnitCheck.check(row, ofRow);
      WindowCheck.check(row, ofRow);
      RatioCheck.check(row, ofRow);
    }
    ListCheck.check(rows, findings);
    return findings;
  }

  /** Whether any finding is an error. */
  public static boolean hasErrors(Collection<Finding> findings) {
    return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
  }
}
