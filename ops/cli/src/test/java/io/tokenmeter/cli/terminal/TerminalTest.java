package io.tokenmeter.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void sizeWithoutATerminal_isWhatTheEnvironmentSays_elseTheUsual() {
    assertThat(Terminal.sizeOf(Map.of("COLUMNS", "200", "LINES", "50")))
        .isEqualTo(new Terminal.Size(200, 50));
    assertThat(Terminal.sizeOf(Map.of("COLUMNS", "132"))).isEqualTo(new Terminal.Size(132, 24));
    assertThat(Terminal.sizeOf(Map.of("COLUMNS", "wide", "LINES", "0")))
        .isEqualTo(new Terminal.Size(80, 24));
  }
}
