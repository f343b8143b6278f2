package io.tokenmeter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.demo.SpendBoard.Spend;
import io.tokenmeter.cli.terminal.Bars;
import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.Terminal.Size;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoScreenTest {

  private static final DemoFigures FIGURES = figures(List.of());

  private static DemoFigures figures(List<Alert> alerts) {
    return new DemoFigures(
        Duration.ofSeconds(23),
        Duration.ofSeconds(60),
        Instant.parse("2025-11-22T14:23:00Z"),
        true,
        "/tmp/tokenmeter-demo.properties",
        new Spend("", 4612, 37, 21_000_000, new BigDecimal("12.345678901234")),
        198.4,
        46,
        12,
        Map.of(
            "model",
            List.of(
                spend("claude-sonnet-4-6", 1204, 0, 6_100_000, "6.1"),
                spend("gpt-4o", 811, 0, 2_400_000, "3.05"),
                spend("claude-opus-4-6", 96, 0, 700_000, "2.9"),
                spend("gpt-4o-mini", 977, 0, 900_000, "0.2"),
                spend("house-llm-7b", 37, 37, 190_000, "0")),
            "api_key",
            List.of(
                spend("key-helpdesk-prod", 2410, 0, 9_000_000, "7.25"), spend("", 3, 0, 9, "0")),
            "workflow",
            List.of(
                spend("a-workflow-with-a-name-that-is-rather-long", 10, 0, 99, "1.5"),
                spend("code-review", 310, 0, 4_000_000, "0.75"))),
        alerts,
        "waiting for the price of house-llm-7b");
  }

  @Test
  void screenOf80By27_showsTotalsAndThreeTables() {
    assertThat(render(80, 27, true))
        .isEqualTo(
            """
            Tokenmeter demo                                    0:23 of 1:00  Ctrl-C ends it
            A company's hour in a minute, after a week of history; there: Sat 14:23 UTC
            Cost $12.345678
            Requests 4,612  198/s   Unpriced 37   Duplicates 46   Rejected 12
            waiting for the price of house-llm-7b
            In a second terminal, with --config /tmp/tokenmeter-demo.properties:
              ops/tokenmeter runs list | runs show RUN_ID | alerts --follow

            Model                      requests  tokens         cost
            claude-sonnet-4-6             1,204    6.1M      $6.1000  █████████████████████
            gpt-4o                          811    2.4M      $3.0500  ██████████▌
            claude-opus-4-6                  96    700k      $2.9000  ██████████
            gpt-4o-mini                     977    900k      $0.2000  ▊
            house-llm-7b                     37    190k no price yet

            API key                    requests  tokens         cost
            key-helpdesk-prod             2,410    9.0M      $7.2500  █████████████████████
            (none)                            3       9      $0.0000

            Workflow                   requests  tokens         cost
            a-workflow-with-a-name-th        10      99      $1.5000  █████████████████████
            code-review                     310    4.0M      $0.7500  ██████████▌""");
  }

  @Test
  void wideScreen_putsTheTablesSideBySide() {
    assertThat(render(180, 20, false) + "\n")
        .contains(
            "Model                     requests         cost             "
                + "API key                   requests         cost             "
                + "Workflow                  requests         cost\n")
        .contains("claude-sonnet-4-6            1,204      $6.1000  ########   key-helpdesk-prod")
        .contains("house-llm-7b                    37 no price yet\n");
  }

  @ParameterizedTest
  @CsvSource({"80,24", "79,24", "60,16", "40,10", "20,5", "119,50", "120,24", "250,70", "132,12"})
  void everySize_isNeverExceeded(int columns, int rows) {
    List<String> lines = screen(true).render(FIGURES, new Size(columns, rows));

    assertThat(lines).hasSizeLessThan(rows);
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.length()).isLessThan(Math.max(21, columns)));
  }

  @Test
  void alerts_areShownWithTheirSentencesAsFarAsThereIsRoom() {
    DemoFigures figures =
        figures(Collections.nCopies(9, alert("team:platform has spent $8 of its $10.")));
    String sentence = "          team:platform has spent $8 of its $10.";

    List<String> low = screen(true).render(figures, new Size(80, 24));
    assertThat(low.subList(8, 15))
        .containsExactly(
            "Alerts: 0 firing, 9 over",
            "RESOLVED  ended 14:00:00  budget            team:platform",
            sentence,
            "RESOLVED  ended 14:00:00  budget            team:platform",
            sentence,
            "RESOLVED  ended 14:00:00  budget            team:platform",
            sentence);
    assertThat(low.get(16)).startsWith("Model");
    assertThat(screen(true).render(figures, new Size(80, 50)))
        .filteredOn(sentence::equals)
        .hasSize(9);
  }

  private static Alert alert(String sentence) {
    GeneratedClasses.trust();
    return Alert.newBuilder()
        .setAlertId("a")
        .setState(AlertState.RESOLVED)
        .setSeverity(Severity.WARNING)
        .setDetector("budget")
        .setDimension("team")
        .setKey("platform")
        .setSince(Instant.parse("2025-11-22T13:00:00Z"))
        .setUpdatedAt(Instant.parse("2025-11-22T14:00:00Z"))
        .setSentence(sentence)
        .build();
  }

  private static String render(int columns, int rows, boolean unicode) {
    return String.join("\n", screen(unicode).render(FIGURES, new Size(columns, rows)));
  }

  private static DemoScreen screen(boolean unicode) {
    return new DemoScreen(new Bars(unicode), new Style(false));
  }

  private static Spend spend(String key, long requests, long unpriced, long tokens, String cost) {
    return new Spend(key, requests, unpriced, tokens, new BigDecimal(cost));
  }
}
