package io.tokenmeter.usagefiles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Usage events as JSON, one object a line, under the field names of the Avro schema.
 *
 * <p>Strict on purpose, because a misspelt count would be money lost in silence: an unknown or
 * repeated field is an error that names it. Times are ISO-8601 with an offset, cut off to
 * microseconds; counts are whole numbers; decimals are taken exactly or refused.
 */
public final class UsageJsonReader implements UsageFileReader {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final JsonFields FIELDS = new JsonFields();

  private final TextLines lines;

  /** Reads UTF-8 text; closing this reader closes the stream. */
  public UsageJsonReader(InputStream in) {
    this.lines = new TextLines(in);
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

  /**
   * The event that one JSON object describes.
   *
   * @throws UnreadableUsageException if the text is not exactly one well-formed usage event
   */
  public static UsageEvent parse(String text) throws UnreadableUsageException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableUsageException("not a JSON object");
      }
      UsageEvent event = read(json);
      if (json.nextToken() != null) {
        throw new UnreadableUsageException("more than one JSON value on the line");
      }
      return event;
    } catch (StreamConstraintsException e) {
      throw new UnreadableUsageException("a value is longer or deeper than an event may hold");
    } catch (JsonProcessingException e) {
      throw new UnreadableUsageException(
          "not valid JSON at column " + e.getLocation().getColumnNr() + ": " + problem(e));
    } catch (IOException e) {
      throw new IllegalStateException("reading from a string cannot fail", e);
    }
  }

  /**
   * The event of the JSON object at whose start the parser stands; leaves it at the object's end.
   *
   * @throws UnreadableUsageException if the object is not a well-formed usage event
   * @throws IOException if the parser cannot go on
   */
  public static UsageEvent read(JsonParser json) throws IOException, UnreadableUsageException {
    UsageEvent event = readSome(json);
    FIELDS.complete(event);
    return event;
  }

  /**
   * As {@link #read}, of an object that may lack any field; those stay null, without a default.
   *
   * @throws UnreadableUsageException if a field is unknown or its value is not what it must be
   * @throws IOException if the parser cannot go on
   */
  public static UsageEvent readSome(JsonParser json) throws IOException, UnreadableUsageException {
    UsageEvent event = new UsageEvent();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      FIELDS.read(name, json, event);
    }
    return event;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** The parser's own words without the internals it adds in brackets or on further lines. */
  private static String problem(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage())
        .replaceFirst("(?s)( \\((for|start marker) |\n).*", "");
  }
}
