package io.tokenmeter.usagefiles;

import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public traces of requests to Azure's LLM services: CSV under the header
 * TIMESTAMP,ContextTokens,GeneratedTokens.
 *
 * <p>The trace names neither provider nor model nor request, so the first two come from the caller,
 * and the event id is a hash of both, the line's number and its content: the same file read twice
 * gives the same ids, and equal lines of one file stay different events. Times have seven decimals
 * and no zone; they are UTC (later traces say +00:00), cut off to microseconds.
 */
public final class AzureLlmTraceReader implements UsageFileReader {

  private static final List<String> HEADER =
      List.of("TIMESTAMP", "ContextTokens", "GeneratedTokens");

  static {
    GeneratedClasses.trust();
  }

  private final TextLines lines;
  private final String provider;
  private final String model;
  private final MessageDigest digest = sha256();

  /**
   * Reads UTF-8 text; closing this reader closes the stream.
   *
   * @throws WrongFormatException if the file does not begin with the trace's header
   */
  public AzureLlmTraceReader(InputStream in, String provider, String model) throws IOException {
    this.lines = new TextLines(in);
    this.provider = provider;
    this.model = model;
    readHeader();
  }

  @Override
  public @Nullable UsageLine next() throws IOException {
    try {
      String line = lines.nextNotBlank();
      return line == null ? null : new UsageLine.Event(lines.number(), parse(line));
    } catch (UnreadableUsageException e) {
      return new UsageLine.Unreadable(lines.number(), String.valueOf(e.getMessage()));
    }
  }

  private void readHeader() throws IOException {
    try {
      String header = lines.nextNotBlank();
      if (header != null && columns(header).equals(HEADER)) {
        return;
      }
    } catch (UnreadableUsageException e) {
      // Not even text, so not the header either.
    }
    throw new WrongFormatException("no header " + String.join(",", HEADER) + " on the first line");
  }

  private UsageEvent parse(String line) throws UnreadableUsageException {
    List<String> columns = columns(line);
    if (columns.size() != HEADER.size()) {
      throw new UnreadableUsageException(
          "expected " + HEADER.size() + " columns, found " + columns.size());
    }
    return UsageEvent.newBuilder()
        .setEventId(eventId(String.join(",", columns)))
        .setOccurredAt(Timestamps.parseSpacedUtc(columns.get(0)))
        .setProvider(provider)
        .setModel(model)
        .setInputTokens(count(columns, 1))
        .setOutputTokens(count(columns, 2))
        .build();
  }

  private static long count(List<String> columns, int index) throws UnreadableUsageException {
    String text = columns.get(index);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UnreadableUsageException(
          HEADER.get(index) + ": expected a whole number, found " + Excerpt.of(text));
    }
  }

  /** No column of this format can hold a comma or a quote, so quotes only ever wrap one. */
  private static List<String> columns(String line) {
    return Arrays.stream(line.split(",", -1))
        .map(String::strip)
        .map(
            column ->
                column.length() >= 2 && column.startsWith("\"") && column.endsWith("\"")
                    ? column.substring(1, column.length() - 1)
                    : column)
        .toList();
  }

  private String eventId(String content) {
    String identity = String.join("\n", provider, model, Long.toString(lines.number()), content);
    byte[] hash = digest.digest(identity.getBytes(StandardCharsets.UTF_8));
    return "azure-" + HexFormat.of().formatHex(hash, 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
