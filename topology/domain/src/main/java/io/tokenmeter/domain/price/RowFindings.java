package io.tokenmeter.domain.price;

import java.util.List;

/** Collects the findings of one row. */
final class RowFindings {

  private final String row;
  private final List<Finding> findings;

  RowFindings(PriceRow row, List<Finding> findings) {
    this.row = row.key();
    this.findings = findings;
  }

  void error(String code, String message) {
    findings.add(new Finding(Finding.Severity.ERROR, code, row, message));
  }

  void warning(String code, String message) {
    findings.add(new Finding(Finding.Severity.WARNING, code, row, message));
  }
}
