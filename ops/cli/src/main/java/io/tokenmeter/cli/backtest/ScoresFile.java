package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.csv.CsvRow;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a series. They are written beside the file and take its name at the end, so that a
 * run that fails leaves nothing half done and the input may be overwritten.
 */
final class ScoresFile implements Closeable {

  static final String STANDARD_OUTPUT = "-";
  private static final String HEADER = "timestamp,value,score,alert\n";
  private static final int DECIMALS = 1_000_000;

  private final Writer writer;
  private final @Nullable Path file;
  private final @Nullable Path unfinished;
  private final StringBuilder line = new StringBuilder();

  private ScoresFile(Writer writer, @Nullable Path file, @Nullable Path unfinished)
      throws IOException {
    this.writer = writer;
    this.file = file;
    this.unfinished = unfinished;
    writer.write(HEADER);
  }

  /**
   * Begins a file, or {@code -} for standard output.
   *
   * @throws CommandFailedException if it is a directory
   */
  static ScoresFile create(String name, Writer standardOutput) throws IOException {
    if (name.equals(STANDARD_OUTPUT)) {
      return new ScoresFile(standardOutput, null, null);
    }
    Path file = Path.of(name);
    if (Files.isDirectory(file)) {
      throw new CommandFailedException(name + " is a directory; name a file for the scores");
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    return new ScoresFile(Files.newBufferedWriter(unfinished), file, unfinished);
  }

  /**
   * Adds a row.
   *
   * @param timestamp column of the timestamp in the input's row, which is repeated as it was
   *     written
   * @param value column of the value
   * @param score 0 to 1, written with six decimals
   */
  void add(CsvRow row, int timestamp, int value, double score, boolean alert) {
    line.setLength(0);
    line.append(row.raw(timestamp)).append(',').append(row.raw(value)).append(',');
    long millionths = Math.round(score * DECIMALS);
    line.append(millionths / DECIMALS).append('.');
    String decimals = Long.toString(DECIMALS + millionths % DECIMALS);
    line.append(decimals, 1, decimals.length()).append(alert ? ",1\n" : ",0\n");
    try {
      writer.append(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the file well. */
  void commit() throws IOException {
    writer.flush();
    if (file != null && unfinished != null) {
      writer.close();
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    if (unfinished != null) {
      writer.close();
      Files.deleteIfExists(unfinished);
    }
  }
}
