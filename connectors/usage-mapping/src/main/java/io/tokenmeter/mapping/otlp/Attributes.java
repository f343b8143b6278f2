package io.tokenmeter.mapping.otlp;

import io.tokenmeter.mapping.event.Numbers;
import io.tokenmeter.mapping.event.RejectedException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a span or resource, read by key. It knows what was read, so that the rest can
 * become tags.
 *
 * <p>Values are text, decimals, booleans and lists of those; a {@link Double} is one that is no
 * number. Maps and bytes are left out when attributes are decoded.
 */
final class Attributes {

  private final Map<String, Object> values;
  private final Set<String> read = new HashSet<>();

  Attributes(Map<String, Object> values) {
    this.values = values;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  boolean hasAny(Set<String> keys) {
    for (String key : values.keySet()) {
      if (keys.contains(key)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any key begins like this. */
  boolean hasPrefix(String prefix) {
    for (String key : values.keySet()) {
      if (key.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The first of the keys that has a value, as text; they are spellings of one thing. */
  @Nullable String text(String... keys) {
    String first = null;
    for (String key : keys) {
      Object value = values.get(key);
      if (value != null) {
        read.add(key);
        String text = asText(value);
        first = first == null && text != null && !text.isBlank() ? text : first;
      }
    }
    return first;
  }

  /** A token count. Instrumentations without integers send 12.0, some send digits as text. */
  @Nullable Long count(String key) throws RejectedException {
    BigDecimal number = number(key);
    return number == null ? null : Numbers.count(key, number);
  }

  /** A number, doubles by their shortest decimal; NaN and infinity are an error. */
  @Nullable BigDecimal number(String key) throws RejectedException {
    read.add(key);
    Object value = values.get(key);
    if (value == null || value instanceof BigDecimal) {
      return (BigDecimal) value;
    }
    if (value instanceof String text && text.matches("[0-9]{1,18}(\\.[0-9]{1,18})?")) {
      return new BigDecimal(text);
    }
    throw RejectedException.malformed(key, "a number");
  }

  /** All values nobody has read, as text, sorted by key. */
  Map<String, String> unread() {
    Map<String, String> labels = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          String text = asText(value);
          if (text != null && !read.contains(key)) {
            labels.put(key, text);
          }
        });
    return labels;
  }

  private static @Nullable String asText(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return AttributeNumbers.asText(number);
    }
    if (value instanceof List<?> list) {
      return String.join(",", list.stream().map(Attributes::asText).map(String::valueOf).toList());
    }
    return value == null ? null : value.toString();
  }
}
