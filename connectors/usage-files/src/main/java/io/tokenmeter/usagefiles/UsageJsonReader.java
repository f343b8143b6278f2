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
    } catch (UnreadableLineException e) {
      return new UsageLine.Unreadable(lines.number(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The event that one JSON object describes.
   *
   * @throws UnreadableLineException if the text is not exactly one well-formed usage event
   */
  public static UsageEvent parse(String text) throws UnreadableLineException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableLineException("not a JSON object");
      }
      UsageEvent event = new UsageEvent();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        FIELDS.read(name, json, event);
      }
      FIELDS.complete(event);
      if (json.nextToken() != null) {
        throw new UnreadableLineException("more than one JSON value on the line");
      }
      return event;
    } catch (StreamConstraintsException e) {
      throw new UnreadableLineException("a value is longer or deeper than an event may hold");
    } catch (JsonProcessingException e) {
      throw new UnreadableLineException(
          "not valid JSON at column " + e.getLocation().getColumnNr() + ": " + problem(e));
    } catch (IOException e) {
      throw new IllegalStateException("reading from a string cannot fail", e);
    }
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
