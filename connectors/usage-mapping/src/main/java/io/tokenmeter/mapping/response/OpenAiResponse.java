package io.tokenmeter.mapping.response;

import static io.tokenmeter.mapping.response.ProviderResponse.orZero;

import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's responses API (https://platform.openai.com/docs/api-reference/responses/object). Its
 * counts are inclusive.
 */
final class OpenAiResponse implements ResponseFormat {

  /** States before the end: the same response comes again, under the same id, with its usage. */
  private static final Set<String> UNFINISHED = Set.of("queued", "in_progress");

  @Override
  public boolean matches(JsonObject response) {
    return "response".equals(response.label("object"));
  }

  @Override
  public void read(JsonObject response, EventDraft draft) throws RejectedException {
    String status = response.text("status");
    if (status != null && UNFINISHED.contains(status)) {
      throw RejectedException.malformed("status", "final; send the response when it is complete");
    }
    draft.fields().setEventId(ProviderResponse.eventId(response.text("id")));
    EpochTime.read(response, "created_at", draft);
    draft.provider("openai");
    draft.models(null, response.text("model"));
    draft.fields().setOperation("chat");
    draft.fields().setMaxOutputTokens(response.count("max_output_tokens"));
    draft.serviceTiers(null, response.text("service_tier"));
    draft.tags().put("finish_reasons", status);
    JsonObject incomplete = response.objectOrEmpty("incomplete_details");
    draft.tags().put("incomplete_reason", incomplete.text("reason"));
    if ("failed".equals(status)) {
      draft.failed(response.objectOrEmpty("error").label("code"));
    } else if ("cancelled".equals(status)) {
      draft.failed(status);
    }
    readUsage(response, draft);
  }

  private static void readUsage(JsonObject response, EventDraft draft) throws RejectedException {
    JsonObject usage = response.object("usage");
    if (usage != null) {
      JsonObject inputDetails = usage.objectOrEmpty("input_tokens_details");
      Long input = usage.count("input_tokens");
      draft.counts().report(Unit.INPUT, input);
      draft.counts().report(Unit.CACHE_READ, inputDetails.count("cached_tokens"));
      draft.counts().report(Unit.CACHE_WRITE, inputDetails.count("cache_write_tokens"));
      JsonObject outputDetails = usage.objectOrEmpty("output_tokens_details");
      Long output = usage.count("output_tokens");
      draft.counts().report(Unit.OUTPUT, output);
      draft.counts().report(Unit.OUTPUT_REASONING, outputDetails.count("reasoning_tokens"));
      checkTotal(usage.count("total_tokens"), orZero(input) + orZero(output));
      ProviderResponse.keepRest(usage, draft);
    }
    reportCalls(response, "web_search_call", "web_searches", draft);
    reportCalls(response, "file_search_call", "storage_searches", draft);
  }

  private static void checkTotal(@Nullable Long total, long sum) throws RejectedException {
    if (total != null && total != sum) {
      throw RejectedException.contradictory(
          "usage.total_tokens is " + total + ", but input and output tokens add up to " + sum);
    }
  }

  /** Calls of built-in tools that are billed one by one. */
  private static void reportCalls(JsonObject response, String type, String unit, EventDraft draft)
      throws RejectedException {
    List<JsonObject> calls =
        response.objects("output").stream()
            .filter(item -> type.equals(item.label("type")) && isBilled(item))
            .toList();
    if (!calls.isEmpty()) {
      draft.counts().reportFlat(unit, BigDecimal.valueOf(calls.size()));
    }
  }

  /** Of a web search's actions only "search" is billed, not opening or searching a page. */
  private static boolean isBilled(JsonObject call) {
    String action = call.objectOrEmpty("action").label("type");
    return action == null || action.equals("search");
  }
}
