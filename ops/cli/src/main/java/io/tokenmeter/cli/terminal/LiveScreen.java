package io.tokenmeter.cli.terminal;

import java.io.PrintWriter;
import java.util.List;

/**
 * A picture redrawn in place on the terminal's alternate screen, so that what was there before
 * comes back when it is closed.
 */
public final class LiveScreen implements AutoCloseable {

  private static final String ESCAPE = "\u001B[";
  private static final String ENTER = ESCAPE + "?1049h" + ESCAPE + "?25l";
  private static final String LEAVE = ESCAPE + "?25h" + ESCAPE + "?1049l";
  private static final String HOME = ESCAPE + "H";
  private static final String CLEAR_LINE = ESCAPE + "K";
  private static final String CLEAR_BELOW = ESCAPE + "J";

  private final PrintWriter out;
  private boolean open;

  /** Takes the screen over until it is closed. */
  public LiveScreen(PrintWriter out) {
    this.out = out;
    open = true;
    out.print(ENTER);
    out.flush();
  }

  /** Draws the lines from the top; overwriting instead of clearing keeps it from flickering. */
  public synchronized void draw(List<String> lines) {
    if (!open) {
      return;
    }
    StringBuilder picture = new StringBuilder(HOME);
    for (String line : lines) {
      picture.append(line).append(CLEAR_LINE).append("\r\n");
    }
    picture.append(CLEAR_BELOW);
    out.print(picture);
    out.flush();
  }

  /** Gives the screen back. May be repeated. */
  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      out.print(LEAVE);
      out.flush();
    }
  }
}
