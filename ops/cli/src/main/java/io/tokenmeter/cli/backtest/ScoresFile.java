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
 * The scores of a backtest. They are written beside the file and take its name at the end, so that
 * a run that fails leaves nothing half done and the input may be overwritten.
 */
final class ScoresFile implements Closeable {

  static final String STANDARD_OUTPUT = "-";
  static final String SERIES_HEADER = "timestamp,value,score,alert";
  private static final int DECIMALS = 1_000_000;

  private final Writer writer;
  private final @Nullable Path file;
  private final @Nullable Path unfinished;
  private final StringBuilder line = new StringBuilder();

  private ScoresFile(Writer writer, String header, @Nullable Path file, @Nullable Path unfinished)
      throws IOException {
    this.writer = writer;
    this.file = file;
    this.unfinished = unfinished;
    writer.write(header + "\n");
  }

  /**
   * Begins a file, or {@code -} for standard output.
   *
   * @param header its first line
   * @throws CommandFailedException if it is a directory or in none
   */
  static ScoresFile create(String name, String header, Writer standardOutput) throws IOException {
    if (name.equals(STANDARD_OUTPUT)) {
      return new ScoresFile(standardOutput, header, null, null);
    }
    Path file = Path.of(name);
    if (Files.isDirectory(file)) {
      throw new CommandFailedException(name + " is a directory; name a file for the scores");
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new CommandFailedException("no such directory: " + directory + "; create it first");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new ScoresFile(
          Files.newBufferedWriter(file), header, file, null); // a pipe or a device
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    return new ScoresFile(Files.newBufferedWriter(unfinished), header, file, unfinished);
  }

  /**
   * Adds a row of a series.
   *
   * @param timestamp column of the timestamp in the input's row, which is repeated as it was
   *     written
   * @param value column of the value
   * @param score 0 to 1, written with six decimals
   */
  void add(CsvRow row, int timestamp, int value, double score, boolean alert) {
    line.setLength(0);
    line.append(row.raw(timestamp)).append(',').append(row.raw(value)).append(',');
    decimal(score).append(alert ? ",1" : ",0");
    write();
  }

  /**
   * Adds a time of a mix of models.
   *
   * @param timestamp as it was written
   * @param psi population stability index, 0 or more
   * @param jsd Jensen-Shannon distance, 0 to 1
   * @param score 0 to 1
   * @param finding what begins or ends; empty where nothing does
   */
  void add(String timestamp, double psi, double jsd, double score, boolean alert, String finding) {
    line.setLength(0);
    line.append(timestamp).append(',');
    decimal(psi).append(',');
    decimal(jsd).append(',');
    decimal(score).append(alert ? ",1," : ",0,");
    line.append(finding.isEmpty() ? "" : '"' + finding.replace("\"", "\"\"") + '"');
    write();
  }

  /** A number of 0 or more with six decimals. */
  private StringBuilder decimal(double number) {
    long millionths = Math.round(number * DECIMALS);
    line.append(millionths / DECIMALS).append('.');
    String decimals = Long.toString(DECIMALS + millionths % DECIMALS);
    return line.append(decimals, 1, decimals.length());
  }

  private void write() {
    try {
      writer.append(line).append('\n');
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
    if (file != null) {
      writer.close();
    }
    if (unfinished != null) {
      Files.deleteIfExists(unfinished);
    }
  }
}
