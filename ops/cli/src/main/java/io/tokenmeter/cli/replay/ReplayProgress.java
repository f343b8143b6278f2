package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.usagefiles.UsageLine;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Tells the person at the terminal how a replay goes, and of the first lines that went wrong. */
final class ReplayProgress {

  private static final int SHOWN = 5;
  private static final int EVERY = 1000;

  private final Path file;
  private final PrintWriter err;
  private final ProgressLine line;
  private long wrong;

  ReplayProgress(Path file, PrintWriter err, ProgressLine line) {
    this.file = file;
    this.err = err;
    this.line = line;
  }

  void sent(long lineNumber) {
    if (lineNumber % EVERY == 0) {
      line.show("sending, line " + Figures.count(lineNumber));
    }
  }

  void processing(long processed, long all) {
    line.show("processed " + Figures.count(Math.max(0, processed)) + " of " + Figures.count(all));
  }

  void awaitingPrices(long events) {
    line.show(
        "waiting until the application has read the prices of "
            + Figures.count(events)
            + " events");
  }

  void notPriced(long events) {
    line.clear();
    err.println(
        Figures.count(events)
            + " events are unpriced although the price table has their price: the application has"
            + " not read it, or no longer holds the events; 'tokenmeter reprice' applies it then");
  }

  void unreadable(UsageLine.Unreadable bad) {
    wrong(bad.number(), bad.problem());
  }

  void rejected(long lineNumber, RejectedEvent rejected) {
    wrong(lineNumber, rejected.getReason() + ", " + rejected.getMessage());
  }

  void done() {
    line.clear();
    if (wrong > SHOWN) {
      err.println(file + ": " + (wrong - SHOWN) + " more lines were rejected");
    }
  }

  private void wrong(long lineNumber, String problem) {
    wrong++;
    if (wrong <= SHOWN) {
      line.clear();
      err.println(file + ", line " + lineNumber + ": rejected: " + problem);
    }
  }
}
