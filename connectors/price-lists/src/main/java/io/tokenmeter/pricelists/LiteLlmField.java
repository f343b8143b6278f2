package io.tokenmeter.pricelists;

import io.tokenmeter.domain.price.UnitPrice;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a price field of LiteLLM, taken apart: {@code
 * input_cost_per_token_above_272k_tokens_priority} is {@code input_cost_per_token} at the service
 * tier priority above 272,000 input tokens.
 *
 * @param base the name without tier and threshold
 * @param tier service tier
 * @param threshold input tokens that must be exceeded; 0 for none
 */
record LiteLlmField(String base, String tier, long threshold) {
  private static final Pattern ABOVE = Pattern.compile("_above_([0-9]{1,9})(k?)_tokens");
  private static final Map<String, String> TIERS =
      Map.of(
          "_priority", "priority",
          "_flex", "flex",
          "_batches", "batch",
          "_batch_requests", "batch");

  /** Token fields that need no further thought, by the unit they price. */
  private static final Map<String, String> TOKENS =
      Map.ofEntries(
          Map.entry("input_cost_per_token", "input_tokens"),
          Map.entry("output_cost_per_token", "output_tokens"),
          Map.entry("cache_read_input_token_cost", "cache_read_tokens"),
          Map.entry("input_cost_per_token_cache_hit", "cache_read_tokens"),
          Map.entry("cache_creation_input_token_cost", "cache_write_tokens"),
          Map.entry("cache_creation_input_token_cost_above_1hr", "cache_write_1h_tokens"),
          Map.entry("cache_creation_input_audio_token_cost", "cache_audio_write_tokens"),
          Map.entry("cache_read_input_audio_token_cost", "cache_audio_read_tokens"),
          Map.entry("cache_read_input_token_cost_per_audio_token", "cache_audio_read_tokens"),
          Map.entry("cache_read_input_image_token_cost", "cache_image_read_tokens"),
          Map.entry("input_cost_per_audio_token", "input_audio_tokens"),
          Map.entry("input_cost_per_image_token", "input_image_tokens"),
          Map.entry("input_cost_per_video_token", "input_video_tokens"),
          Map.entry("output_cost_per_audio_token", "output_audio_tokens"),
          Map.entry("output_cost_per_image_token", "output_image_tokens"),
          Map.entry("output_cost_per_video_token", "output_video_tokens"),
          Map.entry("output_cost_per_reasoning_token", "output_reasoning_tokens"),
          Map.entry("citation_cost_per_token", "output_citation_tokens"));

  /** Flat fees that need no further thought, by the unit they price. */
  private static final Map<String, String> FEES =
      Map.of(
          "input_cost_per_request", "requests",
          "input_cost_per_character", "input_characters",
          "output_cost_per_character", "output_characters",
          "input_cost_per_audio_per_second", "input_audio_seconds",
          "input_cost_per_video_per_second", "input_video_seconds",
          "output_cost_per_video_per_second", "video_seconds",
          "ocr_cost_per_page", "input_document_pages",
          "annotation_cost_per_page", "input_annotated_document_pages",
          "code_interpreter_cost_per_session", "code_interpreter_sessions");

  static LiteLlmField parse(String name) {
    String base = name;
    String tier = UnitPrice.STANDARD;
    for (Map.Entry<String, String> suffix : TIERS.entrySet()) {
      int at = base.indexOf(suffix.getKey());
      if (at >= 0 && isWhole(base, at + suffix.getKey().length())) {
        base = base.substring(0, at) + base.substring(at + suffix.getKey().length());
        tier = suffix.getValue();
      }
    }
    long threshold = 0;
    Matcher above = ABOVE.matcher(base);
    if (above.find()) {
      threshold = Long.parseLong(above.group(1)) * (above.group(2).isEmpty() ? 1 : 1000);
      base = base.substring(0, above.start()) + base.substring(above.end());
    }
    return new LiteLlmField(base, tier, threshold);
  }

  /** Whether a name ends here or goes on with the next part: "_batch" must not match "_batches". */
  private static boolean isWhole(String name, int end) {
    return end == name.length() || name.charAt(end) == '_';
  }

  /** The token unit that the field prices; null if it is none. */
  @Nullable String tokenUnit() {
    return TOKENS.get(base);
  }

  /** The flat unit that the field prices whatever the model is for; null if it is none. */
  @Nullable String feeUnit() {
    return FEES.get(base);
  }
}
