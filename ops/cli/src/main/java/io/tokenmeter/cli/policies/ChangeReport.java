package io.tokenmeter.cli.policies;

import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.cli.terminal.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Changes for people and for programs. */
final class ChangeReport {
  private ChangeReport() {}

  static void print(
      PrintWriter out, EntryKind<?> kind, String topic, boolean dryRun, List<Change> changes) {
    TextTable table = new TextTable("lll");
    table.row("CHANGE", kind.one().toUpperCase(Locale.ROOT), "DETAILS");
    changes.forEach(change -> table.row(change.what().label(), change.key(), change.details()));
    table.lines(Terminal.ofStandardOutput().size().columns()).forEach(out::println);
    out.println(counts(changes) + (dryRun ? " (dry run: nothing was written)" : " in " + topic));
  }

  static void json(
      PrintWriter out, EntryKind<?> kind, String topic, boolean dryRun, List<Change> changes)
      throws IOException {
    JsonOut.print(
        out,
        json -> {
          json.writeStringField("topic", topic);
          json.writeBooleanField("dry_run", dryRun);
          for (Map.Entry<Change.What, Long> count : byKind(changes).entrySet()) {
            json.writeNumberField(count.getKey().label(), count.getValue());
          }
          json.writeArrayFieldStart(kind.many());
          for (Change change : changes) {
            json.writeStartObject();
            json.writeStringField("key", change.key());
            json.writeStringField("change", change.what().label());
            json.writeStringField("details", change.details());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static String counts(List<Change> changes) {
    return byKind(changes).entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey().label())
        .collect(Collectors.joining(", "));
  }

  private static Map<Change.What, Long> byKind(List<Change> changes) {
    return changes.stream()
        .collect(
            Collectors.groupingBy(
                Change::what, () -> new EnumMap<>(Change.What.class), Collectors.counting()));
  }
}
