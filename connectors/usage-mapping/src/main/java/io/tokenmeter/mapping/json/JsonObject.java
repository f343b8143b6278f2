package io.tokenmeter.mapping.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.mapping.event.Numbers;
import io.tokenmeter.mapping.event.RejectedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read by key. JSON's null is the same as an absent key; a value of another type than
 * asked for is an error that names the whole path. It knows what was read of it, so that the rest
 * can be kept too.
 */
public final class JsonObject {

  private final ObjectNode node;
  private final String path;
  private final Set<String> read;

  private JsonObject(ObjectNode node, String path, Set<String> read) {
    this.node = node;
    this.path = path;
    this.read = read;
  }

  /**
   * The object that the value is.
   *
   * @param path what error messages call it; empty for an item itself
   * @throws RejectedException if it is something else
   */
  public static JsonObject of(JsonNode value, String path) throws RejectedException {
    return of(value, path, new HashSet<>());
  }

  private static JsonObject of(JsonNode value, String path, Set<String> read)
      throws RejectedException {
    if (value instanceof ObjectNode object) {
      return new JsonObject(object, path, read);
    }
    throw RejectedException.malformed(path.isEmpty() ? "the item" : path, "a JSON object");
  }

  /** The tree itself. */
  public ObjectNode node() {
    return node;
  }

  public boolean has(String key) {
    return value(key) != null;
  }

  /** All keys, in alphabetical order. */
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** A string; an empty one is none. */
  public @Nullable String text(String key) throws RejectedException {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw RejectedException.malformed(path(key), "a string");
    }
    return value.textValue().isEmpty() ? null : value.textValue();
  }

  /** A string, number or boolean as text; null for anything else. Never an error. */
  public @Nullable String label(String key) {
    JsonNode value = value(key);
    return value == null || value.isContainerNode() ? null : value.asText();
  }

  public boolean isTrue(String key) {
    JsonNode value = value(key);
    return value != null && (value.isBoolean() ? value.booleanValue() : isTrueText(value));
  }

  /** A token count; see {@link Numbers#count}. */
  public @Nullable Long count(String key) throws RejectedException {
    BigDecimal number = decimal(key);
    return number == null ? null : Numbers.count(path(key), number);
  }

  /** A token count, or null where there is anything else: for what is nice to know only. */
  public @Nullable Long countOrNull(String key) {
    try {
      return count(key);
    } catch (RejectedException e) {
      return null;
    }
  }

  /** A number, exactly as written; digits in quotes count as a number. */
  public @Nullable BigDecimal decimal(String key) throws RejectedException {
    JsonNode value = value(key);
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      return value.decimalValue();
    }
    if (value.isTextual() && value.textValue().matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
      return new BigDecimal(value.textValue());
    }
    throw RejectedException.malformed(path(key), "a number");
  }

  /** An object. */
  public @Nullable JsonObject object(String key) throws RejectedException {
    JsonNode value = value(key);
    return value == null ? null : of(value, path(key), read);
  }

  /** An object, or an empty one where there is none or something else. */
  public JsonObject objectOrEmpty(String key) {
    return node.get(key) instanceof ObjectNode object
        ? new JsonObject(object, path(key), read)
        : new JsonObject(JsonNodeFactory.instance.objectNode(), path(key), read);
  }

  /** The objects of an array; other elements are left out, and so is anything but an array. */
  public List<JsonObject> objects(String key) {
    List<JsonObject> objects = new ArrayList<>();
    JsonNode value = node.get(key);
    for (int i = 0; value != null && value.isArray() && i < value.size(); i++) {
      if (value.get(i) instanceof ObjectNode object) {
        objects.add(new JsonObject(object, path(key) + "[" + i + "]", read));
      }
    }
    return objects;
  }

  /** The strings, numbers and booleans of an array as text; a single one is an array of one. */
  public List<String> labels(String key) {
    JsonNode value = value(key);
    if (value == null) {
      return List.of();
    }
    List<String> labels = new ArrayList<>();
    Iterable<JsonNode> elements = value.isArray() ? value : List.of(value);
    for (JsonNode element : elements) {
      if (!element.isContainerNode() && !element.isNull()) {
        labels.add(element.asText());
      }
    }
    return labels;
  }

  /** The key with the path before it. */
  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /**
   * Labels of the texts, booleans and numbers other than zero that nobody has read, down through
   * the objects in this one. Arrays are left out.
   */
  public Map<String, String> unread() {
    Map<String, String> labels = new TreeMap<>();
    for (String key : keys()) {
      JsonNode value = node.get(key);
      if (read.contains(path(key))) {
        continue;
      }
      if (value instanceof ObjectNode object) {
        labels.putAll(new JsonObject(object, path(key), read).unread());
      } else if (tells(value)) {
        labels.put(path(key), value.asText());
      }
    }
    return labels;
  }

  private static boolean tells(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().signum() != 0
        : value.isTextual() || value.isBoolean();
  }

  private @Nullable JsonNode value(String key) {
    read.add(path(key));
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : value;
  }

  /** LiteLLM logs some booleans as Python writes them. */
  private static boolean isTrueText(JsonNode value) {
    return value.isTextual() && value.textValue().equalsIgnoreCase("true");
  }
}
