package io.tokenmeter.mapping.litellm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's call types, which are the names of its functions: acompletion is completion, called
 * asynchronously. Source: CallTypes in
 * https://github.com/BerriAI/litellm/blob/main/litellm/types/utils.py.
 */
final class CallTypes {

  /** OpenTelemetry's names of operations where it has one. */
  private static final Map<String, String> OPERATIONS =
      Map.ofEntries(
          Map.entry("completion", "chat"),
          Map.entry("responses", "chat"),
          Map.entry("anthropic_messages", "chat"),
          Map.entry("text_completion", "text_completion"),
          Map.entry("generate_content", "generate_content"),
          Map.entry("generate_content_stream", "generate_content"),
          Map.entry("embedding", "embeddings"),
          Map.entry("image_generation", "image_generation"),
          Map.entry("image_edit", "image_edit"),
          Map.entry("moderation", "moderation"),
          Map.entry("transcription", "transcription"),
          Map.entry("speech", "speech"),
          Map.entry("rerank", "rerank"));

  private CallTypes() {}

  static @Nullable String operation(@Nullable String callType) {
    if (callType == null || OPERATIONS.containsKey(callType)) {
      return callType == null ? null : OPERATIONS.get(callType);
    }
    String synchronous = callType.startsWith("a") ? callType.substring(1) : callType;
    return OPERATIONS.getOrDefault(synchronous, callType);
  }

  /** The cost of a batch is logged when its results are fetched. */
  static boolean isBatch(@Nullable String callType) {
    return callType != null && callType.endsWith("_batch");
  }

  static boolean isTool(@Nullable String callType) {
    return callType != null && callType.contains("_mcp_");
  }
}
