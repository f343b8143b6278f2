package io.tokenmeter.cli.prices;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.pricelists.ListFinding;
import io.tokenmeter.pricelists.PriceList;
import io.tokenmeter.pricelists.PriceLists;
import io.tokenmeter.pricelists.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks price lists before they are published. */
@Command(
    name = "check",
    description = {
      "Checks price lists: what cannot be read, and what looks wrong, such as one unit priced twice,"
          + " a cache read dearer than input, a ratio out of the usual band, overlapping dates.",
      "Exit code 1 if there is an error, or with --strict a warning."
    },
    footer = {"", "Example: tokenmeter prices check prices.yaml"})
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private FormatOption format;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Price lists.")
  private List<Path> files;

  @Option(names = "--strict", description = "Let warnings fail the check too.")
  private boolean strict;

  @Option(names = "--notes", description = "Show notes too, such as rounded prices.")
  private boolean notes;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** A file, its findings, and why it could not be read at all. */
  private record Checked(
      Path file, int rows, List<ListFinding> findings, @Nullable String failure) {}

  @Override
  public Integer call() throws Exception {
    List<Checked> checked = new ArrayList<>();
    for (Path file : files) {
      checked.add(check(file));
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      JsonOut.print(out, object -> writeJson(object, checked));
    } else {
      checked.forEach(file -> print(out, file));
    }
    return checked.stream().allMatch(this::passes) ? 0 : 1;
  }

  private Checked check(Path file) {
    try {
      PriceList list = PriceFiles.read(file, format.format(), format.options());
      List<ListFinding> findings = new ArrayList<>(PriceLists.check(list));
      findings.sort(ListFinding.GRAVEST_FIRST);
      return new Checked(file, list.rows().size(), findings, null);
    } catch (CommandFailedException e) {
      return new Checked(file, 0, List.of(), String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return new Checked(file, 0, List.of(), "no such file: " + e.getMessage());
    } catch (IOException e) {
      return new Checked(file, 0, List.of(), "cannot read " + e.getMessage());
    }
  }

  private boolean passes(Checked checked) {
    return checked.failure() == null
        && PriceFiles.count(checked.findings(), Severity.ERROR) == 0
        && (!strict || PriceFiles.count(checked.findings(), Severity.WARNING) == 0);
  }

  private void print(PrintWriter out, Checked checked) {
    if (checked.failure() != null) {
      command.commandLine().getErr().println("tokenmeter: " + checked.failure());
      return;
    }
    List<ListFinding> shown =
        checked.findings().stream()
            .filter(finding -> notes || finding.severity() != Severity.INFO)
            .toList();
    FindingReport.table(shown, Terminal.ofStandardOutput().size().columns()).forEach(out::println);
    String hidden = shown.size() < checked.findings().size() ? " (--notes shows them)" : "";
    out.println(
        checked.file()
            + ": "
            + checked.rows()
            + (checked.rows() == 1 ? " row, " : " rows, ")
            + FindingReport.counts(checked.findings())
            + hidden);
  }

  private static void writeJson(JsonGenerator json, List<Checked> checked) throws IOException {
    json.writeArrayFieldStart("files");
    for (Checked file : checked) {
      json.writeStartObject();
      json.writeStringField("file", file.file().toString());
      json.writeNumberField("rows", file.rows());
      FindingReport.counts(json, file.findings());
      if (file.failure() != null) {
        json.writeStringField("failure", file.failure());
      }
      FindingReport.json(json, file.findings());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
