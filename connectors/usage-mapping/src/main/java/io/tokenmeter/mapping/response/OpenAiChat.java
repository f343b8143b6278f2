package io.tokenmeter.mapping.response;

import static io.tokenmeter.mapping.response.ProviderResponse.orZero;

import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.Numbers;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions, completions and embeddings, and all that speak their language
 * (https://platform.openai.com/docs/api-reference/chat/object). Prompt tokens include cached ones,
 * completion tokens include reasoning.
 *
 * <p>Some of the others leave reasoning out of completion_tokens (xAI,
 * https://docs.x.ai/docs/guides/reasoning): there the total tells, which then is the sum of all
 * three.
 */
final class OpenAiChat implements ResponseFormat {

  @Override
  public boolean matches(JsonObject response) {
    String object = response.label("object");
    return object != null
        && (object.startsWith("chat.completion")
            || object.equals("text_completion")
            || (object.equals("list") && response.objectOrEmpty("usage").has("prompt_tokens")));
  }

  @Override
  public void read(JsonObject response, EventDraft draft) throws RejectedException {
    draft.fields().setEventId(ProviderResponse.eventId(response.text("id")));
    EpochTime.read(response, "created", draft);
    draft.provider("openai");
    draft.models(null, response.text("model"));
    draft.fields().setOperation(operation(response));
    draft.serviceTiers(null, response.text("service_tier"));
    draft.tags().put("finish_reasons", finishReasons(response));
    draft.tags().put("system_fingerprint", response.text("system_fingerprint"));
    JsonObject usage = response.object("usage");
    if (usage != null) {
      readCounts(usage, draft);
      readCost(usage, draft);
      ProviderResponse.keepRest(usage, draft);
    }
  }

  private static String operation(JsonObject response) throws RejectedException {
    String object = String.valueOf(response.text("object"));
    return switch (object) {
      case "list" -> "embeddings";
      case "text_completion" -> "text_completion";
      default -> "chat";
    };
  }

  private static @Nullable String finishReasons(JsonObject response) {
    return response.objects("choices").stream()
        .map(choice -> choice.label("finish_reason"))
        .filter(reason -> reason != null)
        .collect(Collectors.joining(","));
  }

  private static void readCounts(JsonObject usage, EventDraft draft) throws RejectedException {
    JsonObject prompt = usage.objectOrEmpty("prompt_tokens_details");
    draft.counts().report(Unit.INPUT, usage.count("prompt_tokens"));
    draft.counts().report(Unit.CACHE_READ, prompt.count("cached_tokens"));
    // DeepSeek's name, https://api-docs.deepseek.com/api/create-chat-completion
    draft.counts().report(Unit.CACHE_READ, usage.count("prompt_cache_hit_tokens"));
    usage.count("prompt_cache_miss_tokens"); // the rest of the prompt
    draft.counts().report(Unit.CACHE_WRITE, prompt.count("cache_write_tokens"));
    draft.counts().report(Unit.INPUT_AUDIO, prompt.count("audio_tokens"));
    JsonObject completion = usage.objectOrEmpty("completion_tokens_details");
    Long reasoning = completion.count("reasoning_tokens");
    draft.counts().report(Unit.OUTPUT, output(usage, reasoning));
    draft.counts().report(Unit.OUTPUT_REASONING, reasoning);
    draft.counts().report(Unit.OUTPUT_AUDIO, completion.count("audio_tokens"));
  }

  /**
   * What resellers say the request cost: OpenRouter as a number
   * (https://openrouter.ai/docs/use-cases/usage-accounting), Perplexity in an object.
   */
  private static void readCost(JsonObject usage, EventDraft draft) throws RejectedException {
    BigDecimal cost =
        usage.label("cost") != null
            ? usage.decimal("cost")
            : usage.objectOrEmpty("cost").decimal("total_cost");
    if (cost != null) {
      draft.fields().setProviderReportedCostUsd(Numbers.reportedCost("usage.cost", cost));
    }
  }

  private static @Nullable Long output(JsonObject usage, @Nullable Long reasoning)
      throws RejectedException {
    Long completion = usage.count("completion_tokens");
    Long total = usage.count("total_tokens");
    if (completion == null || total == null) {
      return completion;
    }
    long sum = orZero(usage.count("prompt_tokens")) + completion;
    if (sum == total) {
      return completion;
    }
    if (sum + orZero(reasoning) == total) {
      return completion + orZero(reasoning);
    }
    throw RejectedException.contradictory(
        "usage.total_tokens is " + total + ", but prompt and completion tokens add up to " + sum);
  }
}
