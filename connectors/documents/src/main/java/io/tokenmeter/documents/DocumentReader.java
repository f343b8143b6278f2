package io.tokenmeter.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML or JSON document into {@link Node}s, which know their lines and keep numbers as
 * written.
 */
public final class DocumentReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final YAMLFactory YAML = new YAMLFactory();

  private final JsonParser parser;
  private final List<Duplicate> duplicates = new ArrayList<>();

  private DocumentReader(JsonParser parser) {
    this.parser = parser;
  }

  /** A key that stands twice in one mapping; the first value is kept. */
  public record Duplicate(int line, String key) {}

  /** A document and the keys that stand twice in it. */
  public record Document(Node root, List<Duplicate> duplicates) {}

  /**
   * Reads a JSON document.
   *
   * @throws UnreadableDocumentException if the text is none
   */
  public static Document json(Reader text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      return new DocumentReader(parser).document();
    }
  }

  /**
   * Reads a YAML document; it holds neither aliases nor a second document.
   *
   * @throws UnreadableDocumentException if the text is none
   */
  public static Document yaml(Reader text) throws IOException {
    try (JsonParser parser = YAML.createParser(text)) {
      return new DocumentReader(parser).document();
    }
  }

  private Document document() throws IOException {
    JsonToken first;
    try {
      first = parser.nextToken();
      if (first == null) {
        throw new UnreadableDocumentException(1, "the file is empty");
      }
      Node root = node(first);
      if (parser.nextToken() != null) {
        throw new UnreadableDocumentException(line(), "the file holds more than one document");
      }
      return new Document(root, duplicates);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new UnreadableDocumentException(
          line, "not readable: " + firstLine(e.getOriginalMessage()));
    }
  }

  private Node node(@Nullable JsonToken token) throws IOException {
    rejectAnchor();
    int line = line();
    if (token == null) {
      throw new UnreadableDocumentException(line, "the file ends in the middle of a value");
    }
    return switch (token) {
      case START_OBJECT -> mapping(line);
      case START_ARRAY -> sequence(line);
      case VALUE_STRING -> new Node.Scalar(line, Node.ScalarType.TEXT, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Node.Scalar(line, Node.ScalarType.NUMBER, parser.getText());
      case VALUE_TRUE, VALUE_FALSE ->
          new Node.Scalar(line, Node.ScalarType.BOOLEAN, parser.getText());
      case VALUE_NULL -> new Node.Scalar(line, Node.ScalarType.NULL, "");
      default -> throw new UnreadableDocumentException(line, "unexpected " + token);
    };
  }

  private Node mapping(int line) throws IOException {
    List<Node.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line();
      Node value = node(parser.nextToken());
      if (keys.add(key)) {
        entries.add(new Node.Entry(key, keyLine, value));
      } else {
        duplicates.add(new Duplicate(keyLine, key));
      }
    }
    return new Node.Mapping(line, List.copyOf(entries));
  }

  private Node sequence(int line) throws IOException {
    List<Node> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(token));
    }
    return new Node.Sequence(line, List.copyOf(items));
  }

  /** An alias would read as the anchor's name, which is worse than an error. */
  private void rejectAnchor() throws IOException {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw new UnreadableDocumentException(
          line(), "YAML aliases (*name) are not supported: write the value out");
    }
  }

  private int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "unknown reason" : message.lines().findFirst().orElse(message);
  }
}
