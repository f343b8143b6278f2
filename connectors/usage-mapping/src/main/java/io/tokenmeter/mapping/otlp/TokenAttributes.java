package io.tokenmeter.mapping.otlp;

import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.event.UsageCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The attributes that count tokens, in all spellings. Input includes cached tokens, output includes
 * reasoning, as the conventions say of {@code gen_ai.usage.input_tokens}: "This value SHOULD
 * include all types of input tokens, including cached tokens".
 *
 * <p>Sources, the current spelling first in each line:
 *
 * <ul>
 *   <li>https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/registry/attributes/gen-ai.md;
 *       {@code cache_creation} was renamed {@code cache_write} in 2026
 *   <li>https://github.com/open-telemetry/semantic-conventions/blob/v1.36.0/docs/registry/attributes/gen-ai.md
 *       (prompt_tokens, completion_tokens)
 *   <li>https://github.com/traceloop/openllmetry (llm.usage.*, and *_input_tokens with underscores)
 *   <li>https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md
 *       (llm.token_count.*)
 * </ul>
 */
final class TokenAttributes {

  private static final Map<String, Unit> UNITS = new LinkedHashMap<>();
  private static final String[] TOTALS = {
    "gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total"
  };

  private static final List<String> MODALITIES = List.of("text", "audio", "image", "video");

  static {
    add(
        Unit.INPUT,
        "gen_ai.usage.input_tokens",
        "gen_ai.usage.prompt_tokens",
        "llm.usage.prompt_tokens",
        "llm.token_count.prompt");
    add(
        Unit.OUTPUT,
        "gen_ai.usage.output_tokens",
        "gen_ai.usage.completion_tokens",
        "llm.usage.completion_tokens",
        "llm.token_count.completion");
    add(
        Unit.CACHE_READ,
        "gen_ai.usage.cache_read.input_tokens",
        "gen_ai.usage.cache_read_input_tokens",
        "llm.usage.cache_read_input_tokens",
        "llm.token_count.prompt_details.cache_read");
    add(
        Unit.CACHE_WRITE,
        "gen_ai.usage.cache_write.input_tokens",
        "gen_ai.usage.cache_creation.input_tokens",
        "gen_ai.usage.cache_creation_input_tokens",
        "llm.usage.cache_creation_input_tokens",
        "llm.token_count.prompt_details.cache_write");
    add(
        Unit.OUTPUT_REASONING,
        "gen_ai.usage.reasoning.output_tokens",
        "gen_ai.usage.reasoning_tokens",
        "llm.usage.reasoning_tokens",
        "llm.token_count.completion_details.reasoning");
    add(Unit.INPUT_AUDIO, "llm.token_count.prompt_details.audio");
    add(Unit.OUTPUT_AUDIO, "llm.token_count.completion_details.audio");
    for (String modality : MODALITIES) {
      add(unit("INPUT_%s", modality), "gen_ai.usage." + modality + ".input_tokens");
      add(unit("OUTPUT_%s", modality), "gen_ai.usage." + modality + ".output_tokens");
      add(unit("CACHE_%s_READ", modality), "gen_ai.usage." + modality + ".cache_read.input_tokens");
      add(
          unit("CACHE_%s_WRITE", modality),
          "gen_ai.usage." + modality + ".cache_write.input_tokens");
    }
  }

  private TokenAttributes() {}

  static boolean anyIn(Attributes attributes) {
    return attributes.hasAny(UNITS.keySet());
  }

  /**
   * Takes all counts over.
   *
   * @throws RejectedException if two spellings of one count differ
   */
  static void read(Attributes attributes, UsageCounts counts) throws RejectedException {
    for (Map.Entry<String, Unit> entry : UNITS.entrySet()) {
      if (attributes.has(entry.getKey())) {
        counts.report(entry.getValue(), attributes.count(entry.getKey()));
      }
    }
    if (counts.get(Unit.INPUT) != null || counts.get(Unit.OUTPUT) != null) {
      attributes.text(TOTALS); // says nothing that the parts do not
    }
  }

  private static Unit unit(String name, String modality) {
    return Unit.valueOf(String.format(Locale.ROOT, name, modality.toUpperCase(Locale.ROOT)));
  }

  private static void add(Unit unit, String... spellings) {
    for (String spelling : spellings) {
      UNITS.put(spelling, unit);
    }
  }
}
