package io.tokenmeter.mapping.litellm;

import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.event.UsageCounts;
import io.tokenmeter.mapping.json.JsonObject;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.RequestStatus;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's counts, which are inclusive whoever the provider: it adds Anthropic's cache reads and
 * writes to prompt_tokens ({@code calculate_usage} in
 * https://github.com/BerriAI/litellm/blob/main/litellm/llms/anthropic/chat/transformation.py; the
 * same for Bedrock in llms/bedrock/chat/converse_transformation.py) and Gemini's thoughts to
 * completion_tokens (llms/vertex_ai/gemini/vertex_and_google_ai_studio_gemini.py). For a time in
 * 2025 it added the reads only; such a payload is rejected where its writes exceed the rest, and
 * cannot be told apart otherwise.
 *
 * <p>The details stand in {@code metadata.usage_object}, in {@code hidden_params.usage_object} or
 * in the response's usage, by version. In details there, text tokens are what is left beside cached
 * and other ones.
 */
final class LiteLlmUsage {

  private LiteLlmUsage() {}

  static void read(JsonObject payload, EventDraft draft) throws RejectedException {
    JsonObject usage = details(payload);
    Long input = firstOf("prompt_tokens", payload, usage);
    Long output = firstOf("completion_tokens", payload, usage);
    usage.label("total_tokens"); // the sum of the two
    // LiteLLM writes zeros where a failed call has no usage; zero is not absent.
    boolean nothing = isZero(input) && isZero(output) && usage.keys().isEmpty();
    if (nothing && draft.fields().getStatus() != RequestStatus.OK) {
      return;
    }
    draft.counts().report(Unit.INPUT, input);
    draft.counts().report(Unit.OUTPUT, output);
    readPrompt(usage, draft.counts());
    readCompletion(usage.objectOrEmpty("completion_tokens_details"), draft.counts());
    draft.tags().putAll(usage.unread());
    readCacheHit(payload, draft);
  }

  /** Both say the same; older versions lack one or the other. */
  private static @Nullable Long firstOf(String key, JsonObject payload, JsonObject usage)
      throws RejectedException {
    Long detailed = usage.count(key);
    return payload.has(key) ? payload.count(key) : detailed;
  }

  /** An answer from the gateway's own cache repeats an earlier one's usage; nobody bills it. */
  private static void readCacheHit(JsonObject payload, EventDraft draft) {
    if (payload.isTrue("cache_hit")) {
      draft.fields().setCostRole(CostRole.ROLLUP);
      draft.tags().put("litellm.cache_hit", "true");
    }
  }

  private static JsonObject details(JsonObject payload) {
    JsonObject logged = payload.objectOrEmpty("metadata").objectOrEmpty("usage_object");
    if (logged.keys().isEmpty()) {
      logged = payload.objectOrEmpty("hidden_params").objectOrEmpty("usage_object");
    }
    return logged.keys().isEmpty()
        ? payload.objectOrEmpty("response").objectOrEmpty("usage")
        : logged;
  }

  private static void readPrompt(JsonObject usage, UsageCounts counts) throws RejectedException {
    JsonObject prompt = usage.objectOrEmpty("prompt_tokens_details");
    counts.report(
        Unit.CACHE_READ, either(usage, "cache_read_input_tokens", prompt, "cached_tokens"));
    counts.report(
        Unit.CACHE_WRITE,
        either(usage, "cache_creation_input_tokens", prompt, "cache_creation_tokens"));
    JsonObject lifetimes = prompt.objectOrEmpty("cache_creation_token_details");
    counts.report(Unit.CACHE_WRITE_5M, lifetimes.count("ephemeral_5m_input_tokens"));
    counts.report(Unit.CACHE_WRITE_1H, lifetimes.count("ephemeral_1h_input_tokens"));
    counts.report(Unit.INPUT_TEXT, prompt.count("text_tokens"));
    counts.report(Unit.INPUT_AUDIO, prompt.count("audio_tokens"));
    counts.report(Unit.INPUT_IMAGE, prompt.count("image_tokens"));
    counts.report(Unit.INPUT_VIDEO, prompt.count("video_tokens"));
    JsonObject tools = usage.objectOrEmpty("server_tool_use");
    counts.reportFlat(
        "web_searches",
        tools.has("web_search_requests")
            ? tools.decimal("web_search_requests")
            : prompt.decimal("web_search_requests"));
  }

  private static void readCompletion(JsonObject completion, UsageCounts counts)
      throws RejectedException {
    counts.report(Unit.OUTPUT_REASONING, completion.count("reasoning_tokens"));
    counts.report(Unit.OUTPUT_TEXT, completion.count("text_tokens"));
    counts.report(Unit.OUTPUT_AUDIO, completion.count("audio_tokens"));
    counts.report(Unit.OUTPUT_IMAGE, completion.count("image_tokens"));
    counts.report(Unit.OUTPUT_VIDEO, completion.count("video_tokens"));
  }

  /**
   * One count under two names, of which LiteLLM sets the other to zero in places: the larger one.
   */
  private static @Nullable Long either(
      JsonObject first, String firstKey, JsonObject second, String secondKey)
      throws RejectedException {
    Long a = first.count(firstKey);
    Long b = second.count(secondKey);
    return a == null || b == null ? (a == null ? b : a) : Long.valueOf(Math.max(a, b));
  }

  private static boolean isZero(@Nullable Long count) {
    return count == null || count == 0;
  }
}
