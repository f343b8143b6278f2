package io.tokenmeter.pricelists;

import io.tokenmeter.domain.price.PriceRow;
import org.jspecify.annotations.Nullable;

/**
 * A price row and where it stands.
 *
 * @param line line of the file, counted from 1
 */
public record ListedRow(int line, PriceRow row) {

  /** Provider, model and what else tells the row apart, for people. */
  public String label() {
    return label(row);
  }

  /** The same for a row of any origin, such as {@code azure gpt-4o region=eu from=2026-03-13}. */
  public static String label(PriceRow row) {
    StringBuilder label = new StringBuilder(row.provider()).append(' ').append(row.model());
    append(label, " region=", row.region());
    append(label, " project=", row.project());
    append(label, " team=", row.team());
    append(label, " from=", row.effectiveFrom() == null ? null : Dates.text(row.effectiveFrom()));
    return label.toString();
  }

  private static void append(StringBuilder label, String name, @Nullable String value) {
    if (value != null) {
      label.append(name).append(value);
    }
  }
}
