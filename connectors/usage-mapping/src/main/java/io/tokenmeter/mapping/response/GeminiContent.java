package io.tokenmeter.mapping.response;

import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import io.tokenmeter.usagefiles.Timestamps;
import io.tokenmeter.usagefiles.UnreadableUsageException;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's generateContent (https://ai.google.dev/api/generate-content#UsageMetadata), and Vertex
 * AI's, which adds the time and the kind of traffic.
 */
final class GeminiContent implements ResponseFormat {

  private static final Pattern VERSION = Pattern.compile("gemini-([0-9]+)");

  @Override
  public boolean matches(JsonObject response) {
    return response.has("usageMetadata");
  }

  @Override
  public void read(JsonObject response, EventDraft draft) throws RejectedException {
    draft.fields().setEventId(ProviderResponse.eventId(response.text("responseId")));
    readTime(response, draft);
    draft.models(null, response.text("modelVersion"));
    draft.fields().setOperation("generate_content");
    draft.tags().put("finish_reasons", finishReasons(response));
    JsonObject usage = response.objectOrEmpty("usageMetadata");
    String traffic = usage.text("trafficType");
    boolean vertex = traffic != null || response.has("createTime");
    draft.provider(vertex ? "vertex_ai" : "gemini");
    String tier = usage.text("serviceTier");
    draft.serviceTiers(null, tier != null ? tier : traffic);
    GeminiUsage.read(usage, draft);
    reportSearches(response, draft);
    ProviderResponse.keepRest(usage, draft);
  }

  private static void readTime(JsonObject response, EventDraft draft) throws RejectedException {
    String created = response.text("createTime");
    if (created != null) {
      try {
        draft.occurredAt(Timestamps.parseIso(created));
      } catch (UnreadableUsageException e) {
        throw RejectedException.malformed("createTime", "an ISO-8601 time with an offset");
      }
    }
  }

  private static String finishReasons(JsonObject response) {
    return response.objects("candidates").stream()
        .map(candidate -> candidate.label("finishReason"))
        .filter(reason -> reason != null)
        .collect(Collectors.joining(","));
  }

  /**
   * Grounding with Google Search is billed by the query from Gemini 3 on, and by the prompt before
   * (https://ai.google.dev/gemini-api/docs/google-search#pricing).
   */
  private static void reportSearches(JsonObject response, EventDraft draft)
      throws RejectedException {
    long queries = 0;
    for (JsonObject candidate : response.objects("candidates")) {
      List<String> searched =
          candidate.objectOrEmpty("groundingMetadata").labels("webSearchQueries");
      queries += searched.stream().filter(query -> !query.isBlank()).count();
    }
    if (queries > 0) {
      boolean byQuery = majorVersion(response.text("modelVersion")) >= 3;
      draft.counts().reportFlat("web_searches", BigDecimal.valueOf(byQuery ? queries : 1));
    }
  }

  private static long majorVersion(@Nullable String model) {
    Matcher version = VERSION.matcher(model == null ? "" : model);
    return version.find() && version.group(1).length() < 5 ? Long.parseLong(version.group(1)) : 0;
  }
}
