package io.tokenmeter.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomalyCommandTest {

  private static final int ROWS = 2000;
  private static final int SPIKE = 1500;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  @TempDir private Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void files() {
    input = directory.resolve("spend.csv");
    output = directory.resolve("scores.csv");
  }

  @Test
  void series_isScoredRowForRowAndSummedUp() throws IOException {
    write("timestamp,value", series());

    CommandRun run = backtest();

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<String> scores = Files.readAllLines(output);
    assertThat(scores.get(0)).isEqualTo("timestamp,value,score,alert");
    assertThat(inputColumns(scores)).isEqualTo(Files.readAllLines(input).subList(1, ROWS + 1));
    assertThat(scores.get(SPIKE + 1)).endsWith(",1");
    assertThat(run.out())
        .contains("Rows    2,000\n")
        .contains("Time    2026-01-05T00:00:00Z to 2026-01-11T22:35:00Z\n")
        .contains("Step    a row every 5 min\n")
        .contains("Rule    robust, abnormal from score 0.500\n")
        .containsPattern("2026-01-10T05:00:00Z +2026-01-10T05:\\d\\d:00Z +\\d +0\\.\\d\\d +400 +");
  }

  @Test
  void noHeader_noDifference() throws IOException {
    write("timestamp,value", series());
    backtest();
    List<String> withHeader = Files.readAllLines(output);
    Files.write(input, series());

    backtest();

    assertThat(Files.readAllLines(output)).isEqualTo(withHeader);
  }

  @Test
  void oddRows_areKeptAsTheyCame() throws IOException {
    List<String> rows = new ArrayList<>(series().subList(0, 300));
    rows.set(100, rows.get(99)); // repeats a time
    rows.set(150, "2026-01-05 12:30:00,");
    rows.set(151, "\"2026-01-05 12:35:00\", NaN ");
    rows.set(200, time(140) + ",1.50e2"); // steps back
    rows.subList(250, 270).clear(); // a gap
    write("timestamp,value", rows);

    CommandRun run = backtest();

    List<String> scores = Files.readAllLines(output);
    assertThat(inputColumns(scores)).isEqualTo(rows);
    assertThat(scores.get(151)).isEqualTo("2026-01-05 12:30:00,,0.000000,0");
    assertThat(scores.get(152)).isEqualTo("\"2026-01-05 12:35:00\", NaN ,0.000000,0");
    assertThat(run.out())
        .contains("Rows    280, 2 of them without a value\n")
        .contains("Step    a row every 5 min, 3 gaps, 2 times repeated or stepping back\n");
  }

  @Test
  void prefixOfTheInput_givesThePrefixOfTheOutput() throws IOException {
    write("timestamp,value", series());
    backtest();
    List<String> whole = Files.readAllLines(output);
    write("timestamp,value", series().subList(0, 900));

    backtest();

    assertThat(Files.readAllLines(output)).isEqualTo(whole.subList(0, 901));
  }

  @Test
  void twoStandardDeviations_flagsWhatIsTwoAwayFromTheMean() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 40; row++) {
      rows.add(time(row) + "," + (row == 39 ? 112.2 : row % 2 == 0 ? 95 : 105));
    }
    write("timestamp,value", rows);

    CommandRun run = backtest("--rule", "two-standard-deviations");

    // 39 rows before: mean 99.87, standard deviation 5.06; 112.2 is 2.44 of them away.
    assertThat(Files.readAllLines(output).get(40))
        .startsWith(rows.get(39) + ",0.549")
        .endsWith(",1");
    assertThat(run.out()).contains("Rule    two-standard-deviations, abnormal from score 0.500\n");
  }

  @Test
  void policyOptions_decideWhatIsAnAlertAndNotTheScore() throws IOException {
    write("timestamp,value", series());
    backtest();
    List<String> usual = Files.readAllLines(output);

    // The spike is about 300 for 5 minutes: 86,400 a day.
    assertThat(alerts("--floor", "1000000")).isZero();
    assertThat(alerts("--persistence", "2h")).isZero();
    assertThat(alerts("--minimum-ratio", "9")).isZero();
    assertThat(alerts("--threshold", "0.99")).isZero();
    assertThat(alerts("--false-alarms", "0.001", "--floor", "50000")).isEqualTo(1);
    assertThat(Files.readAllLines(output).stream().map(AnomalyCommandTest::withoutAlert))
        .isEqualTo(usual.stream().map(AnomalyCommandTest::withoutAlert).toList());
  }

  @Test
  void policyFile_isReadAsPoliciesApplyDoes() throws IOException {
    write("timestamp,value", series());
    Path policy = directory.resolve("policies.yaml");
    Files.writeString(
        policy,
        """
        policies:
          - detector: anomaly
            subjects: "team:*"
            settings:
              floor.usd: 1000000
          - detector: anomaly
            subjects: "team:helpdesk"
            settings:
              persistence: 0s
              floor.usd: 50000
        """);

    assertThat(alerts("--policy", policy.toString(), "--subject", "team:search")).isZero();
    assertThat(alerts("--policy", policy.toString(), "--subject", "team:helpdesk")).isEqualTo(1);
    assertThat(backtest("--policy", policy.toString()).err())
        .isEqualTo(
            "tokenmeter: "
                + policy
                + " has 2 policies of detector anomaly; say with --subject whose series this is,"
                + " such as team:helpdesk\n");
  }

  @Test
  void plot_isAPicture() throws IOException {
    write("timestamp,value", series());
    Path plot = directory.resolve("spend.png");

    CommandRun run = backtest("--plot", plot.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(1600);
  }

  @Test
  void scoresOnStandardOutput_leaveTheSummaryToStandardError() throws IOException {
    write("timestamp,value", series().subList(0, 10));

    CommandRun run =
        CommandRun.of("backtest", "anomaly", "--input", input.toString(), "--output", "-");

    assertThat(run.out().lines()).hasSize(11).first().isEqualTo("timestamp,value,score,alert");
    assertThat(run.err()).contains("Rows    10\n").contains("step unknown in so few rows");
  }

  @Test
  void outputOverTheInput_isWrittenOnceItIsWhole() throws IOException {
    write("timestamp,value", series().subList(0, 50));
    output = input;

    assertThat(backtest().exitCode()).isZero();
    assertThat(Files.readAllLines(input))
        .hasSize(51)
        .first()
        .isEqualTo("timestamp,value,score,alert");
  }

  @Test
  void outputInNoDirectory_isRefused() throws IOException {
    write("timestamp,value", series().subList(0, 50));
    output = directory.resolve("nowhere/scores.csv");

    assertThat(backtest().err())
        .isEqualTo("tokenmeter: no such directory: " + output.getParent() + "; create it first\n");
  }

  @Test
  void unreadableRow_isNamedAndLeavesNoOutput() throws IOException {
    List<String> rows = new ArrayList<>(series().subList(0, 50));
    rows.set(20, "yesterday,17");
    write("timestamp,value", rows);

    CommandRun run = backtest();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith(
            "tokenmeter: " + input + ", line 22: 'yesterday' is no timestamp; write it as ");
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(input);
    }
  }

  @Test
  void fileWithoutRows_isRefused() throws IOException {
    Files.writeString(input, "");
    assertThat(backtest().err())
        .isEqualTo("tokenmeter: " + input + " is empty; it must have rows of timestamp,value\n");
    Files.writeString(input, "timestamp,value\n");
    assertThat(backtest().err()).isEqualTo("tokenmeter: " + input + " has a header and no rows\n");
    Files.delete(input);
    assertThat(backtest().err()).isEqualTo("tokenmeter: no such file: " + input + "\n");
  }

  @Test
  void contradictions_areWrongUsage() {
    assertWrongUsage(
        "give --threshold or --false-alarms, not both", "--threshold=0.5", "--false-alarms=1");
    assertWrongUsage(
        "--false-alarms is for --rule robust only",
        "--rule=two-standard-deviations",
        "--false-alarms=1");
    assertWrongUsage("the threshold must be above 0 and at most 1", "--threshold=2");
    assertWrongUsage("--subject chooses among the policies of --policy FILE", "--subject=team:a");
    assertWrongUsage(
        "Invalid value for option '--rule': 'x' is not one of robust, two-standard-deviations",
        "--rule=x");
  }

  private void assertWrongUsage(String message, String... options) {
    CommandRun run = backtest(options);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("tokenmeter: " + message + "\n").contains("Usage: tokenmeter");
  }

  private CommandRun backtest(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "backtest", "anomaly", "--input", input.toString(), "--output", output.toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private long alerts(String... options) throws IOException {
    assertThat(backtest(options).exitCode()).isZero();
    return Files.readAllLines(output).stream().filter(line -> line.endsWith(",1")).count();
  }

  private void write(String header, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(rows);
    Files.write(input, lines);
  }

  /** A daily wave with noise and one row of four times as much. */
  private static List<String> series() {
    Random random = new Random(7);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      double value = 100 + 30 * Math.sin(2 * Math.PI * row / 288) + 3 * random.nextGaussian();
      rows.add(time(row) + "," + (row == SPIKE ? 400 : Math.round(value * 1000) / 1000.0));
    }
    return rows;
  }

  private static Instant time(int row) {
    return START.plusSeconds(300L * row);
  }

  private static List<String> inputColumns(List<String> scores) {
    return scores.stream().skip(1).map(line -> line.replaceAll(",[^,]*,[01]$", "")).toList();
  }

  private static String withoutAlert(String line) {
    return line.replaceAll(",[01]$", "");
  }
}
