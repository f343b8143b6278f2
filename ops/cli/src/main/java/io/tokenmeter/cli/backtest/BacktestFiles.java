package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.csv.CsvFile;
import io.tokenmeter.cli.plot.Chart;
import io.tokenmeter.cli.plot.PngFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What a backtest reads, and where it writes: options, and what they mean. */
final class BacktestFiles {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description =
          "CSV file of the columns named above, with or without a header; - for standard input.")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description =
          "Where the scores go; - for standard output, and the summary to standard error then.")
  private String output;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw what was read, the alerts and the score as a PNG picture.")
  private @Nullable Path plot;

  /** The input as it was named. */
  String input() {
    return input;
  }

  /** Whether a picture is wanted. */
  boolean isPlotted() {
    return plot != null;
  }

  CsvFile openInput() throws IOException {
    return CsvFile.open(input);
  }

  ScoresFile createScores(String header, Writer standardOutput) throws IOException {
    return ScoresFile.create(output, header, standardOutput);
  }

  /** Draws the picture, where one is wanted. */
  void draw(Chart chart) throws IOException {
    if (plot != null) {
      PngFile.write(chart, plot);
    }
  }

  /** Prints the summary where the scores are not. */
  void print(List<String> summary, CommandLine command) {
    (output.equals(ScoresFile.STANDARD_OUTPUT) ? command.getErr() : command.getOut())
        .println(String.join(System.lineSeparator(), summary));
  }
}
