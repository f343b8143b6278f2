package io.tokenmeter.mapping.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.event.RejectedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns bytes into JSON trees: strict UTF-8, no key twice, bounded depth, and numbers as decimals,
 * never as binary floating point.
 */
public final class JsonText {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Longer than any count or amount; the parser's time for a number grows with its square. */
  private static final int MAX_NUMBER_CHARS = 100;

  private final int maxBytes;
  private final ObjectReader reader;

  public JsonText(MappingOptions options) {
    maxBytes = options.maxBytes();
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(options.maxDepth())
            .maxNumberLength(MAX_NUMBER_CHARS)
            .maxStringLength(options.maxBytes())
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    reader =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
  }

  /**
   * The body as text, without a byte order mark.
   *
   * @throws RejectedException if it is too large or not UTF-8
   */
  public String decode(byte[] body) throws RejectedException {
    if (body.length > maxBytes) {
      throw RejectedException.tooLarge(
          "the body has " + body.length + " bytes, more than the allowed " + maxBytes);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw RejectedException.undecodable("not UTF-8 text");
    }
  }

  /**
   * The one JSON value that the text holds.
   *
   * @throws RejectedException if it is not valid JSON, deeper than allowed, or more than one value
   */
  public JsonNode parse(String text) throws RejectedException {
    try {
      JsonNode node = reader.readTree(text);
      if (node.isMissingNode()) {
        throw RejectedException.undecodable("there is no JSON in it");
      }
      return node;
    } catch (StreamConstraintsException e) {
      throw RejectedException.undecodable("a value of the JSON is deeper or longer than allowed");
    } catch (NumberFormatException e) {
      // What Jackson lets out of an exponent beyond 32 bits.
      throw RejectedException.undecodable("a number in the JSON is out of all range");
    } catch (JsonProcessingException e) {
      throw RejectedException.undecodable("not valid JSON at " + place(e));
    }
  }

  /** Where, but not the parser's own words, which quote what was sent. */
  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? "an unknown place"
        : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }
}
