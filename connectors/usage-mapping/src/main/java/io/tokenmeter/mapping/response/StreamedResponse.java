package io.tokenmeter.mapping.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A streamed response put together again: one response with the usage of the whole.
 *
 * <p>Streams report usage more than once, and what they report later replaces what came before; it
 * is never added. Anthropic: "The token counts shown in the usage field of the message_delta event
 * are cumulative" (https://docs.claude.com/en/docs/build-with-claude/streaming). OpenAI and those
 * that speak its language put it into the last chunk, some into every chunk, cumulatively. Gemini
 * repeats usageMetadata in every chunk.
 *
 * @param response the response as if it had not been streamed
 * @param complete false if the stream ended before its end, so that the counts are partial
 */
public record StreamedResponse(JsonObject response, boolean complete) {

  /**
   * Puts the events of a stream together, in their order.
   *
   * @throws RejectedException if they are not a stream of a known format
   */
  public static StreamedResponse of(List<ObjectNode> events) throws RejectedException {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    boolean complete = false;
    for (ObjectNode event : events) {
      complete |= add(event, merged);
    }
    JsonObject response = JsonObject.of(merged, "");
    if (!ProviderResponse.matches(response)) {
      throw RejectedException.malformed(
          "stream", "the events of a response of OpenAI's, Anthropic's or Gemini's API");
    }
    return new StreamedResponse(response, complete);
  }

  /** Adds one event, and says whether it was the one that holds the final usage. */
  private static boolean add(ObjectNode event, ObjectNode merged) {
    String type = event.path("type").asText("");
    if (type.equals("message_start") && event.get("message") instanceof ObjectNode message) {
      replace(merged, message);
      return false;
    }
    if (type.equals("message_delta")) {
      mergeInto(merged, "usage", event.get("usage"));
      replace(merged, event.path("delta"));
      return event.get("usage") instanceof ObjectNode;
    }
    if (type.startsWith("response.") && event.get("response") instanceof ObjectNode response) {
      replace(merged, response);
      return List.of("response.completed", "response.incomplete", "response.failed").contains(type);
    }
    if (event.has("usageMetadata") || event.has("candidates")) {
      return addGemini(event, merged);
    }
    return event.path("object").asText("").startsWith("chat.completion") && addChat(event, merged);
  }

  private static boolean addGemini(ObjectNode event, ObjectNode merged) {
    mergeInto(merged, "usageMetadata", event.get("usageMetadata"));
    JsonNode candidates = event.get("candidates");
    replace(merged, event.deepCopy().without(List.of("usageMetadata", "candidates")));
    addAll(merged, "candidates", candidates);
    return candidates != null && candidates.findValue("finishReason") != null;
  }

  private static boolean addChat(ObjectNode event, ObjectNode merged) {
    JsonNode usage = event.get("usage");
    boolean hasUsage = usage instanceof ObjectNode;
    mergeInto(merged, "usage", usage);
    JsonNode choices = event.get("choices");
    replace(merged, event.deepCopy().without(List.of("usage", "choices")));
    addAll(merged, "choices", choices);
    return hasUsage;
  }

  /** Later values win; null takes nothing back. */
  private static void replace(ObjectNode merged, JsonNode later) {
    for (Map.Entry<String, JsonNode> field : later.properties()) {
      if (!field.getValue().isNull()) {
        merged.set(field.getKey(), field.getValue());
      }
    }
  }

  private static void mergeInto(ObjectNode merged, String key, @Nullable JsonNode later) {
    if (later instanceof ObjectNode) {
      ObjectNode before =
          merged.get(key) instanceof ObjectNode object
              ? object.deepCopy()
              : JsonNodeFactory.instance.objectNode();
      replace(before, later);
      merged.set(key, before);
    }
  }

  private static void addAll(ObjectNode merged, String key, @Nullable JsonNode elements) {
    if (elements instanceof ArrayNode array) {
      ArrayNode all = merged.get(key) instanceof ArrayNode before ? before : merged.putArray(key);
      all.addAll(array);
    }
  }
}
