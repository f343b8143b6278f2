package io.tokenmeter.cli.prices;

import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.pricelists.ListFinding;
import io.tokenmeter.pricelists.Severity;
import java.io.PrintWriter;
import java.util.List;

/** Whether a price list may be published by what was found in it. */
public final class PublishCheck {

  private PublishCheck() {}

  /** Says what keeps a list from being published, if anything does. */
  public static boolean mayPublish(
      List<ListFinding> findings, boolean allowWarnings, PrintWriter err) {
    long errors = PriceFiles.count(findings, Severity.ERROR);
    long warnings = PriceFiles.count(findings, Severity.WARNING);
    if (errors == 0 && (warnings == 0 || allowWarnings)) {
      return true;
    }
    List<ListFinding> grave =
        findings.stream()
            .filter(finding -> finding.severity() != Severity.INFO)
            .sorted(ListFinding.GRAVEST_FIRST)
            .toList();
    FindingReport.table(grave, Terminal.ofStandardError().size().columns()).forEach(err::println);
    err.println(
        "tokenmeter: nothing published: "
            + FindingReport.counts(findings)
            + (errors == 0
                ? "; --allow-warnings publishes all the same"
                : "; mend the errors first"));
    return false;
  }
}
