package io.tokenmeter.cli.csv;

import io.tokenmeter.cli.CommandFailedException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of comma-separated values in UTF-8, read once from start to end.
 *
 * <p>Fields are as in RFC 4180, except that a field ends with its line. Empty lines are no rows.
 */
public final class CsvFile implements Closeable {

  private static final String STANDARD_INPUT = "-";
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final BufferedReader reader;
  private long line;

  CsvFile(String name, InputStream in) {
    this.name = name;
    // A decoder of its own, because a reader by charset replaces what is no UTF-8 silently.
    reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), BUFFER);
  }

  /**
   * Opens a file.
   *
   * @param name its path, or {@code -} for standard input
   * @throws CommandFailedException if it is a directory
   * @throws IOException if it cannot be opened
   */
  public static CsvFile open(String name) throws IOException {
    if (name.equals(STANDARD_INPUT)) {
      return new CsvFile("standard input", System.in);
    }
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      throw new CommandFailedException(name + " is a directory, not a file of rows");
    }
    return new CsvFile(name, Files.newInputStream(path));
  }

  /** The file as errors call it. */
  public String name() {
    return name;
  }

  /** The next row, or null at the end. */
  public @Nullable CsvRow next() throws IOException {
    String text = readLine();
    while (text != null && text.isBlank()) {
      text = readLine();
    }
    return text == null ? null : new CsvRow(line, fields(text));
  }

  /**
   * The failure that a row causes.
   *
   * @param problem what is wrong with it and what would be right
   */
  public CommandFailedException failure(CsvRow row, String problem) {
    return failure(row.line(), problem);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private @Nullable String readLine() throws IOException {
    line++;
    try {
      String text = reader.readLine();
      boolean marked = line == 1 && text != null && text.indexOf(BYTE_ORDER_MARK) == 0;
      return marked && text != null ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw failure(line, "this line, or one of the next few hundred, is not UTF-8 text");
    }
  }

  private List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(text.substring(start, i));
        start = i + 1;
      }
    }
    if (quoted) {
      throw failure(line, "a quotation mark is opened and not closed");
    }
    fields.add(text.substring(start));
    return fields;
  }

  private CommandFailedException failure(long at, String problem) {
    return new CommandFailedException(name + ", line " + at + ": " + problem);
  }
}
