package io.tokenmeter.cli.prices;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.pricelists.ListFinding;
import io.tokenmeter.pricelists.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Findings of a price list for people and for programs. */
final class FindingReport {

  private FindingReport() {}

  /**
   * One row a finding: severity, line, row, what is wrong.
   *
   * @param width of a line, characters
   */
  static List<String> table(List<ListFinding> findings, int width) {
    TextTable table = new TextTable("lrll");
    table.row("SEVERITY", "LINE", "ROW", "FINDING");
    for (ListFinding finding : findings) {
      table.row(
          word(finding.severity()),
          finding.line() == 0 ? "" : Integer.toString(finding.line()),
          finding.row(),
          finding.message() + " [" + finding.reason() + "]");
    }
    return findings.isEmpty() ? List.of() : table.lines(width);
  }

  /**
   * One row a kind of finding: severity, reason, how often, the first one.
   *
   * @param width of a line, characters
   */
  static List<String> summary(List<ListFinding> findings, int width) {
    TextTable table = new TextTable("llrl");
    table.row("SEVERITY", "REASON", "COUNT", "FIRST");
    Map<Severity, Map<String, List<ListFinding>>> groups = new EnumMap<>(Severity.class);
    for (ListFinding finding : findings) {
      groups
          .computeIfAbsent(finding.severity(), any -> new TreeMap<>())
          .computeIfAbsent(finding.reason(), any -> new ArrayList<>())
          .add(finding);
    }
    groups.forEach(
        (severity, reasons) ->
            reasons.forEach(
                (reason, group) -> {
                  ListFinding first = group.get(0);
                  String row = first.row().isEmpty() ? "" : first.row() + ": ";
                  table.row(
                      word(severity),
                      reason,
                      Integer.toString(group.size()),
                      row + first.message());
                }));
    return findings.isEmpty() ? List.of() : table.lines(width);
  }

  static void json(JsonGenerator json, List<ListFinding> findings) throws IOException {
    json.writeArrayFieldStart("findings");
    for (ListFinding finding : findings) {
      json.writeStartObject();
      json.writeStringField("severity", word(finding.severity()));
      json.writeStringField("reason", finding.reason());
      json.writeNumberField("line", finding.line());
      json.writeStringField("row", finding.row());
      json.writeStringField("message", finding.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** "2 errors, 1 warning, 0 notes". */
  static String counts(List<ListFinding> findings) {
    return count(findings, Severity.ERROR, "error")
        + ", "
        + count(findings, Severity.WARNING, "warning")
        + ", "
        + count(findings, Severity.INFO, "note");
  }

  static void counts(JsonGenerator json, List<ListFinding> findings) throws IOException {
    json.writeNumberField("errors", PriceFiles.count(findings, Severity.ERROR));
    json.writeNumberField("warnings", PriceFiles.count(findings, Severity.WARNING));
    json.writeNumberField("notes", PriceFiles.count(findings, Severity.INFO));
  }

  private static String count(List<ListFinding> findings, Severity severity, String word) {
    long count = PriceFiles.count(findings, severity);
    return count + " " + word + (count == 1 ? "" : "s");
  }

  private static String word(Severity severity) {
    return severity == Severity.INFO ? "note" : severity.name().toLowerCase(Locale.ROOT);
  }
}
