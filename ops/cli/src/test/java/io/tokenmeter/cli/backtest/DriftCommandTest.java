package io.tokenmeter.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.CommandRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftCommandTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  @TempDir private Path directory;

  @Test
  void movedTraffic_isOneAlertThatNamesTheFactor() throws IOException {
    CommandRun run = backtest(mix(60, true), "--plot", directory.resolve("mix.png").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> rows = Files.readAllLines(directory.resolve("out.csv"));
    assertThat(rows.get(0)).isEqualTo("timestamp,psi,jsd,score,alert,finding");
    assertThat(rows).hasSize(1 + 96);
    // The 72 hours before are quiet; the first hour of the move is the alert.
    assertThat(rows.subList(1, 73)).allMatch(row -> row.contains(",0,"));
    assertThat(rows.get(73))
        .startsWith("2026-03-05T00:00:00Z,")
        .endsWith(
            ",1,\"30 % of the input's requests moved from gpt-4o-mini to gpt-4o: a request costs 5.7"
                + " times as much (16.7 times per moved request), $30.46 a day more at this rate.\"");
    assertThat(run.out()).contains("96 times, 1 alert");
    BufferedImage picture = ImageIO.read(directory.resolve("mix.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(1600);
  }

  @Test
  void movedTraffic_withoutCosts_isFoundAsWell() throws IOException {
    CommandRun run = backtest(mix(60, false));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "30 % of the input's requests moved from gpt-4o-mini to gpt-4o; not all of these");
  }

  @Test
  void movedTraffic_inDailySteps_isFoundAsWell() throws IOException {
    CommandRun run = backtest(mix(1440, true));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("1 alert");
  }

  @Test
  void wrongRow_isNamedByItsLine() throws IOException {
    CommandRun run = backtest("timestamp,model,requests\n2026-03-02,gpt-4o,-5\n");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("line 2").contains("requests is negative");
    assertThat(directory.resolve("out.csv")).doesNotExist();
  }

  @Test
  void settingOutOfRange_isWrongUsage() throws IOException {
    CommandRun run = backtest(mix(60, false), "--psi", "0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--psi must be above 0");
  }

  private CommandRun backtest(String csv, String... more) throws IOException {
    Path input = directory.resolve("in.csv");
    Files.writeString(input, csv);
    String[] arguments = new String[6 + more.length];
    arguments[0] = "backtest";
    arguments[1] = "drift";
    arguments[2] = "--input";
    arguments[3] = input.toString();
    arguments[4] = "--output";
    arguments[5] = directory.resolve("out.csv").toString();
    System.arraycopy(more, 0, arguments, 6, more.length);
    return CommandRun.of(arguments);
  }

  /** Three quarters of 96 steps all on gpt-4o-mini, then 30 % on gpt-4o; 1,000 requests a step. */
  private static String mix(int stepMinutes, boolean costs) {
    StringBuilder csv = new StringBuilder("timestamp,model,requests");
    csv.append(costs ? ",cost_usd\n" : "\n");
    for (int step = 0; step < 96; step++) {
      Instant time = START.plusSeconds(60L * stepMinutes * step);
      int large = step < 72 ? 0 : 300;
      csv.append(time).append(",gpt-4o-mini,").append(1000 - large);
      csv.append(costs ? "," + (1000 - large) * 0.00027 + "\n" : "\n");
      if (large > 0) {
        csv.append(time).append(",gpt-4o,").append(large);
        csv.append(costs ? "," + large * 0.0045 + "\n" : "\n");
      }
    }
    return csv.toString();
  }
}
