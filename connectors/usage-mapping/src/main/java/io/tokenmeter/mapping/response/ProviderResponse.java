package io.tokenmeter.mapping.response;

import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.EventIds;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response as a provider's API gives it: OpenAI's chat completions, embeddings and responses,
 * Anthropic's messages, Gemini's generateContent. Each counts in its own way; here the counts
 * become inclusive.
 */
public final class ProviderResponse {

  private static final List<ResponseFormat> FORMATS =
      List.of(new AnthropicMessage(), new OpenAiResponse(), new GeminiContent(), new OpenAiChat());

  private ProviderResponse() {}

  /** Whether the object is a response of a known format. */
  public static boolean matches(JsonObject response) {
    return format(response).isPresent();
  }

  /**
   * Takes a response over into the draft.
   *
   * @throws RejectedException if its format is not known, or it contradicts itself
   */
  public static void read(JsonObject response, EventDraft draft) throws RejectedException {
    ResponseFormat format =
        format(response)
            .orElseThrow(
                () ->
                    RejectedException.malformed(
                        "response",
                        "a response with usage of OpenAI's, Anthropic's or Gemini's API"));
    format.read(response, draft);
  }

  /** The event id of a response with this id; null if it has none. */
  static @Nullable String eventId(@Nullable String responseId) {
    return responseId == null ? null : EventIds.of("response", responseId);
  }

  /** What is left of the usage object, as tags. */
  static void keepRest(JsonObject usage, EventDraft draft) {
    draft.tags().putAll(usage.unread());
  }

  /** A part of a sum; absent is nothing. */
  static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static Optional<ResponseFormat> format(JsonObject response) {
    return FORMATS.stream().filter(format -> format.matches(response)).findFirst();
  }
}
