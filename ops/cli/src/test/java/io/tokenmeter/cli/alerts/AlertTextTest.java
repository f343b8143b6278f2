package io.tokenmeter.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.WrappedText;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertDriver;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertTextTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
  private static final AlertText PLAIN = new AlertText(new Style(false), ZoneOffset.UTC);

  static {
    GeneratedClasses.trust();
  }

  @Test
  void firingAlert_saysHowUrgentSinceWhenWhoAndWhy() {
    Alert alert = alert("a", Severity.CRITICAL, "1240.5");
    alert.setDrivers(
        List.of(
            new AlertDriver("request volume", new BigDecimal("10.204"), "120 to 1,310 an hour"),
            new AlertDriver("retries", new BigDecimal("-0.5"), "4 to 0 an hour")));
    alert.setAlso(List.of("project:helpdesk", "team:support"));

    assertThat(PLAIN.lines(alert, NOW, 100))
        .containsExactly(
            "CRITICAL  since 14:01:00 (4 min)  anomaly           api_key:key-a  $1,240.50 a day at stake",
            "          It spends ten times what is usual.",
            "          by request volume +$10.20 (120 to 1,310 an hour); retries -$0.50 (4 to 0 an hour)",
            "          also in project:helpdesk, team:support");
  }

  @Test
  void dollarsAtStake_thatDoNotFitBesideTheSubject_haveALineOfTheirOwn() {
    assertThat(PLAIN.brief(alert("a", Severity.CRITICAL, "1240.5"), NOW, 79))
        .containsExactly(
            "CRITICAL  since 14:01:00 (4 min)  anomaly           api_key:key-a",
            "          $1,240.50 a day at stake",
            "          It spends ten times what is usual.");
  }

  @Test
  void resolvedAlert_saysWhenItEnded() {
    Alert alert = alert("a", Severity.WARNING, "0");
    alert.setState(AlertState.RESOLVED);
    alert.setResolvedAt(Instant.parse("2026-11-21T09:00:00Z"));
    alert.setKey("");

    assertThat(PLAIN.headline(alert, NOW, 100))
        .isEqualTo("RESOLVED  ended 21 Nov 09:00  anomaly           usage without api_key");
  }

  @Test
  void colours_areOnTheSeverityAndLeaveTheTextAsItIs() {
    AlertText coloured = new AlertText(new Style(true), ZoneOffset.UTC);
    String line = coloured.headline(alert("a", Severity.CRITICAL, "5"), NOW, 200);

    assertThat(line).startsWith("\u001B[1;31mCRITICAL\u001B[0m");
    assertThat(line.replaceAll("\u001B\\[[0-9;]*m", ""))
        .isEqualTo(PLAIN.headline(alert("a", Severity.CRITICAL, "5"), NOW, 200));
  }

  @Test
  void linesAreNoWiderThanTheTerminal() {
    Alert alert = alert("a", Severity.CRITICAL, "5");
    alert.setSentence("words ".repeat(60));

    assertThat(PLAIN.lines(alert, NOW, 60)).hasSizeGreaterThan(6).allMatch(l -> l.length() <= 60);
  }

  @Test
  void board_keepsTheLatestStateAndPutsTheMostUrgentFirst() {
    AlertBoard board = new AlertBoard();
    board.accept(alert("small", Severity.WARNING, "12"));
    board.accept(alert("over", Severity.CRITICAL, "900"));
    board.accept(alert("large", Severity.WARNING, "90"));
    board.accept(alert("worst", Severity.CRITICAL, "200"));
    Alert over = alert("over", Severity.CRITICAL, "900");
    over.setState(AlertState.RESOLVED);
    board.accept(over);

    assertThat(board.sorted(any -> true))
        .extracting(Alert::getAlertId)
        .containsExactly("worst", "large", "small", "over");
    assertThat(board.sorted(AlertBoard::isFiring)).hasSize(3);
    assertThat(board.firing()).isEqualTo(3);
    board.forget("worst");
    assertThat(board.firing()).isEqualTo(2);
  }

  @Test
  void wrappedText_breaksAtBlanksAndCutsWordsThatAreTooLong() {
    assertThat(WrappedText.lines("one two  three", 7)).containsExactly("one two", "three");
    assertThat(WrappedText.lines("abcdefgh i", 3)).containsExactly("abc", "def", "gh", "i");
    assertThat(WrappedText.lines("", 5)).containsExactly("");
  }

  static Alert alert(String id, Severity severity, String atStake) {
    return Alert.newBuilder()
        .setAlertId(id)
        .setState(AlertState.FIRING)
        .setDetector("anomaly")
        .setCause("spend-up")
        .setSeverity(severity)
        .setDimension("api_key")
        .setKey("key-a")
        .setSince(Instant.parse("2026-11-22T14:01:00Z"))
        .setUpdatedAt(Instant.parse("2026-11-22T14:01:05Z"))
        .setAtStakeUsd(new BigDecimal(atStake).setScale(12))
        .setSentence("It spends ten times what is usual.")
        .build();
  }
}
