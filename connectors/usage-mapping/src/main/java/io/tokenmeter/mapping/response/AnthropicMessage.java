package io.tokenmeter.mapping.response;

import static io.tokenmeter.mapping.response.ProviderResponse.orZero;

import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.event.UsageCounts;
import io.tokenmeter.mapping.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's messages API, whose counts are exclusive: "Total input tokens in a request is the
 * summation of input_tokens, cache_creation_input_tokens, and cache_read_input_tokens"
 * (https://docs.claude.com/en/api/messages). Output tokens include thinking.
 */
final class AnthropicMessage implements ResponseFormat {

  /** Values of {@code inference_geo} that are no place. */
  private static final Set<String> NO_REGION = Set.of("global", "not_available");

  @Override
  public boolean matches(JsonObject response) {
    return "message".equals(response.label("type")) && response.has("usage");
  }

  @Override
  public void read(JsonObject response, EventDraft draft) throws RejectedException {
    draft.fields().setEventId(ProviderResponse.eventId(response.text("id")));
    draft.provider("anthropic");
    draft.models(null, response.text("model"));
    draft.fields().setOperation("chat");
    draft.tags().put("finish_reasons", response.text("stop_reason"));
    JsonObject usage = response.objectOrEmpty("usage");
    readCounts(usage, draft.counts());
    // Fast mode has prices of its own, which lists carry as a tier.
    boolean fast = "fast".equals(usage.text("speed"));
    draft.serviceTiers(null, fast ? "fast" : usage.text("service_tier"));
    String geo = usage.text("inference_geo");
    draft.fields().setRegion(geo == null || NO_REGION.contains(geo) ? null : geo);
    ProviderResponse.keepRest(usage, draft);
  }

  private static void readCounts(JsonObject usage, UsageCounts counts) throws RejectedException {
    Long uncached = usage.count("input_tokens");
    Long cacheRead = usage.count("cache_read_input_tokens");
    JsonObject lifetimes = usage.objectOrEmpty("cache_creation");
    Long for5m = lifetimes.count("ephemeral_5m_input_tokens");
    Long for1h = lifetimes.count("ephemeral_1h_input_tokens");
    Long cacheWrite = total(usage.count("cache_creation_input_tokens"), for5m, for1h);
    if (uncached != null) {
      counts.report(Unit.INPUT, uncached + orZero(cacheRead) + orZero(cacheWrite));
    }
    counts.report(Unit.CACHE_READ, cacheRead);
    counts.report(Unit.CACHE_WRITE, cacheWrite);
    counts.report(Unit.CACHE_WRITE_5M, for5m);
    counts.report(Unit.CACHE_WRITE_1H, for1h);
    counts.report(Unit.OUTPUT, usage.count("output_tokens"));
    JsonObject tools = usage.objectOrEmpty("server_tool_use");
    counts.reportFlat("web_searches", tools.decimal("web_search_requests"));
  }

  private static @Nullable Long total(
      @Nullable Long written, @Nullable Long for5m, @Nullable Long for1h) {
    return written != null || (for5m == null && for1h == null)
        ? written
        : Long.valueOf(orZero(for5m) + orZero(for1h));
  }
}
