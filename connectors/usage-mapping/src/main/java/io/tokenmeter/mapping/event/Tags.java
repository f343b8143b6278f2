package io.tokenmeter.mapping.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source says beyond the event's fields, as labels. Bounded, and what a bound cuts off is
 * counted in a tag of its own, so that nothing goes missing in silence.
 */
public final class Tags {

  /** Most tags of one event. */
  public static final int MAX_TAGS = 64;

  /** Longest name, characters; longer ones are left out and counted. */
  public static final int MAX_NAME = 128;

  /** Longest value, characters; longer ones are cut, and end in an ellipsis. */
  public static final int MAX_VALUE = 256;

  /** Tag that says how many were left out. */
  public static final String DROPPED = "tokenmeter.tags_dropped";

  private final Map<String, String> tags = new LinkedHashMap<>();
  private int dropped;

  /** Takes down a label; null and blank are none. The first value of a name stays. */
  public void put(String name, @Nullable String value) {
    if (value == null || value.isBlank() || tags.containsKey(name)) {
      return;
    }
    if (name.isBlank() || name.length() > MAX_NAME || tags.size() == MAX_TAGS - 1) {
      dropped++;
      return;
    }
    tags.put(name, value.length() <= MAX_VALUE ? value : cut(value));
  }

  /** As {@link #put}, with the value after what the name already has, separated by a comma. */
  public void append(String name, String value) {
    String before = tags.remove(name);
    put(name, before == null ? value : before + "," + value);
  }

  /** Takes down labels whose first value stays, as {@link #put} does. */
  public void putAll(Map<String, String> labels) {
    labels.forEach(this::put);
  }

  @Nullable Map<String, String> toMap() {
    if (dropped > 0) {
      tags.put(DROPPED, Integer.toString(dropped));
    }
    return tags.isEmpty() ? null : tags;
  }

  /** Never between the two halves of a surrogate pair: Avro writes UTF-8. */
  private static String cut(String value) {
    int end = MAX_VALUE - 1;
    return value.substring(0, Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
