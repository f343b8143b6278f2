package io.tokenmeter.mapping.response;

import static io.tokenmeter.mapping.response.ProviderResponse.orZero;

import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.event.UsageCounts;
import io.tokenmeter.mapping.json.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's usageMetadata. The prompt includes cached content ("this is still the total effective
 * prompt size"), but not the results of tools ({@code toolUsePromptTokenCount}); candidates do not
 * include thoughts (https://ai.google.dev/api/generate-content#UsageMetadata).
 */
final class GeminiUsage {

  /** What has units; the tokens of others, such as documents, become a tag. */
  private enum Modality {
    TEXT(Unit.INPUT_TEXT, Unit.CACHE_TEXT_READ, Unit.INPUT_TEXT_TOOL, Unit.OUTPUT_TEXT),
    IMAGE(Unit.INPUT_IMAGE, Unit.CACHE_IMAGE_READ, Unit.INPUT_IMAGE_TOOL, Unit.OUTPUT_IMAGE),
    AUDIO(Unit.INPUT_AUDIO, Unit.CACHE_AUDIO_READ, Unit.INPUT_AUDIO_TOOL, Unit.OUTPUT_AUDIO),
    VIDEO(Unit.INPUT_VIDEO, Unit.CACHE_VIDEO_READ, Unit.INPUT_VIDEO_TOOL, Unit.OUTPUT_VIDEO);

    final Unit input;
    final Unit cacheRead;
    final Unit tool;
    final Unit output;

    Modality(Unit input, Unit cacheRead, Unit tool, Unit output) {
      this.input = input;
      this.cacheRead = cacheRead;
      this.tool = tool;
      this.output = output;
    }
  }

  private static final Map<String, Modality> BY_NAME =
      Arrays.stream(Modality.values()).collect(Collectors.toMap(Modality::name, m -> m));

  private GeminiUsage() {}

  static void read(JsonObject usage, EventDraft draft) throws RejectedException {
    UsageCounts counts = draft.counts();
    Long prompt = usage.count("promptTokenCount");
    Long tool = usage.count("toolUsePromptTokenCount");
    Long candidates = usage.count("candidatesTokenCount");
    Long thoughts = usage.count("thoughtsTokenCount");
    checkTotal(usage.count("totalTokenCount"), prompt, tool, candidates, thoughts);
    counts.report(Unit.INPUT, sum(prompt, tool));
    counts.report(Unit.INPUT_TOOL, tool);
    counts.report(Unit.CACHE_READ, usage.count("cachedContentTokenCount"));
    counts.report(Unit.OUTPUT, sum(candidates, thoughts));
    counts.report(Unit.OUTPUT_REASONING, thoughts);
    readModalities(usage, draft);
  }

  /** Whether tools are part of the total depends on the API's version. */
  private static void checkTotal(
      @Nullable Long total,
      @Nullable Long prompt,
      @Nullable Long tool,
      @Nullable Long candidates,
      @Nullable Long thoughts)
      throws RejectedException {
    long sum = orZero(prompt) + orZero(candidates) + orZero(thoughts);
    if (total != null && total != sum && total != sum + orZero(tool)) {
      throw RejectedException.contradictory(
          "usageMetadata.totalTokenCount is " + total + ", but its parts add up to " + sum);
    }
  }

  private static void readModalities(JsonObject usage, EventDraft draft) throws RejectedException {
    UsageCounts counts = draft.counts();
    Map<Modality, Long> prompt = byModality(usage, "promptTokensDetails", draft);
    Map<Modality, Long> tool = byModality(usage, "toolUsePromptTokensDetails", draft);
    Map<Modality, Long> cached = byModality(usage, "cacheTokensDetails", draft);
    Map<Modality, Long> output = byModality(usage, "candidatesTokensDetails", draft);
    for (Modality modality : Modality.values()) {
      counts.report(modality.input, sum(prompt.get(modality), tool.get(modality)));
      counts.report(modality.tool, tool.get(modality));
      counts.report(modality.cacheRead, cached.get(modality));
      counts.report(modality.output, output.get(modality));
    }
  }

  private static Map<Modality, Long> byModality(JsonObject usage, String key, EventDraft draft)
      throws RejectedException {
    Map<Modality, Long> counts = new EnumMap<>(Modality.class);
    for (JsonObject detail : usage.objects(key)) {
      String name = String.valueOf(detail.text("modality")).toUpperCase(Locale.ROOT);
      Long count = detail.count("tokenCount");
      Modality modality = BY_NAME.get(name);
      if (modality == null) {
        draft.tags().put(usage.path(key) + "." + name, count == null ? null : count.toString());
      } else if (count != null) {
        counts.merge(modality, count, Long::sum);
      }
    }
    return counts;
  }

  private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    return a == null && b == null ? null : Long.valueOf(orZero(a) + orZero(b));
  }
}
