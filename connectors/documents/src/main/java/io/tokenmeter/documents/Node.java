package io.tokenmeter.documents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document with the line it starts on (from 1). Scalars keep the text of the file, so
 * a price is read digit by digit and never passes through a binary floating point number.
 */
public sealed interface Node {

  /** Line of the file the value starts on, counted from 1. */
  int line();

  /** What the value is, for a message: "a mapping", "a list", "text" and so on. */
  String kind();

  /** A key and its value, in the order of the file. */
  record Entry(String key, int line, Node value) {}

  /**
   * Keys and values in the order of the file. A key is unique: {@link DocumentReader} reports a
   * second one.
   */
  record Mapping(int line, List<Entry> entries) implements Node {
    @Override
    public String kind() {
      return "a mapping";
    }

    /** The value of a key; null where the key is absent or its value is null. */
    public @Nullable Node get(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry.value() instanceof Scalar scalar && scalar.type() == ScalarType.NULL
              ? null
              : entry.value();
        }
      }
      return null;
    }

    /** The text of a scalar under a key; null where the key is absent or holds something else. */
    public @Nullable String text(String key) {
      return get(key) instanceof Scalar scalar ? scalar.text() : null;
    }
  }

  /** Values in the order of the file. */
  record Sequence(int line, List<Node> items) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A scalar with the exact text of the file. */
  record Scalar(int line, ScalarType type, String text) implements Node {
    @Override
    public String kind() {
      return switch (type) {
        case TEXT -> "text";
        case NUMBER -> "a number";
        case BOOLEAN -> "true or false";
        case NULL -> "nothing";
      };
    }
  }

  /** What a scalar is written as. */
  enum ScalarType {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }
}
