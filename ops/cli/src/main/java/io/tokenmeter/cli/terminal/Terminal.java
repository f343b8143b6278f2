package io.tokenmeter.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the other end of standard output or standard error can do. */
public final class Terminal {

  /** Width and height in characters. */
  public record Size(int columns, int rows) {}

  private static final Size USUAL = new Size(80, 24);

  private final boolean live;
  private final boolean unicode;
  private final boolean colour;
  private volatile Size size = USUAL;

  private Terminal(boolean live, Map<String, String> environment) {
    this.live = live && !"dumb".equals(environment.get("TERM"));
    this.unicode = isUtf8(environment);
    this.colour = this.live && !environment.containsKey("NO_COLOR");
    if (this.live) {
      size = measure(environment);
      Signals.onSignal("WINCH", () -> size = measure(environment));
    } else {
      size = sizeOf(environment);
    }
  }

  /** Where results go. */
  public static Terminal ofStandardOutput() {
    return new Terminal(isTerminal(1), System.getenv());
  }

  /** Where progress and errors go. */
  public static Terminal ofStandardError() {
    return new Terminal(isTerminal(2), System.getenv());
  }

  /** Whether the cursor can be moved, so that a picture can be redrawn in place. */
  public boolean isLive() {
    return live;
  }

  /** Whether characters beyond ASCII can be expected to show. */
  public boolean isUnicode() {
    return unicode;
  }

  /** Whether bold and dim may be used; NO_COLOR switches them off. */
  public boolean hasColour() {
    return colour;
  }

  /** The size now; it follows the window. Where there is none, COLUMNS and LINES, else 80 by 24. */
  public Size size() {
    return size;
  }

  @SuppressWarnings("SystemConsoleNull") // the launcher sets jdk.console, so null still means none
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux: there is a console only if standard input and output are both terminals.
      return System.console() != null;
    }
  }

  private static boolean isUtf8(Map<String, String> environment) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.get(variable);
      if (value != null && !value.isEmpty()) {
        return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
      }
    }
    return false;
  }

  private static Size measure(Map<String, String> environment) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      stty.waitFor(1, TimeUnit.SECONDS);
      String[] parts = answer.split(" ", -1);
      return parts.length == 2
          ? new Size(positive(parts[1], USUAL.columns), positive(parts[0], USUAL.rows))
          : USUAL;
    } catch (IOException e) {
      return sizeOf(environment);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  static Size sizeOf(Map<String, String> environment) {
    return new Size(
        positive(environment.getOrDefault("COLUMNS", ""), USUAL.columns),
        positive(environment.getOrDefault("LINES", ""), USUAL.rows));
  }

  private static int positive(String number, int otherwise) {
    try {
      int value = Integer.parseInt(number.strip());
      return value > 0 ? value : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
