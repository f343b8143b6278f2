package io.tokenmeter.pricelists;

import io.tokenmeter.domain.price.PriceRow;
import java.util.List;

/**
 * What was read from a file: the usable rows, in the order of the file, and what there is to say
 * about the rest.
 *
 * @param rows usable rows with the line each starts on
 * @param findings everything that was not taken over as it stands
 */
public record PriceList(List<ListedRow> rows, List<ListFinding> findings) {

  public PriceList {
    rows = List.copyOf(rows);
    findings = List.copyOf(findings);
  }

  /** The rows without their lines. */
  public List<PriceRow> priceRows() {
    return rows.stream().map(ListedRow::row).toList();
  }
}
