package io.tokenmeter.mapping.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.Numbers;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import io.tokenmeter.mapping.json.JsonText;
import io.tokenmeter.mapping.usagejson.EventFields;
import io.tokenmeter.mapping.usagejson.GivenFields;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The data of a CloudEvent, in any mix of three vocabularies:
 *
 * <ul>
 *   <li>OpenMeter's {@code model}, {@code tokens} and {@code type} (input, output), one event for
 *       each kind of token (https://openmeter.io/docs/getting-started/quickstart);
 *   <li>{@code prompt_tokens}, {@code completion_tokens} and {@code cost}, as LiteLLM's OpenMeter
 *       callback sends them
 *       (https://github.com/BerriAI/litellm/blob/main/litellm/integrations/openmeter.py);
 *   <li>the usage event's own field names.
 * </ul>
 *
 * What is none of these becomes a tag.
 */
final class CloudEventData {

  /**
   * Kinds of tokens that one event counts by itself. A kind that is part of a total must not be in
   * another event's total too.
   */
  private static final Map<String, Unit> KINDS =
      Map.of(
          "input", Unit.INPUT,
          "prompt", Unit.INPUT,
          "system", Unit.INPUT,
          "output", Unit.OUTPUT,
          "completion", Unit.OUTPUT,
          "cache_read", Unit.CACHE_READ,
          "cache_write", Unit.CACHE_WRITE,
          "reasoning", Unit.OUTPUT_REASONING);

  /** What error messages call it. */
  private static final String PATH = "data";

  private static final Pattern CONTENT =
      Pattern.compile(
          "(^|[._])(prompts?|completions?|messages?|content|text|input|output|response)$");

  private final JsonText json;
  private final Optional<String> defaultProvider;

  CloudEventData(MappingOptions options) {
    json = new JsonText(options);
    defaultProvider = options.defaultProvider();
  }

  void read(JsonObject event, EventDraft draft) throws RejectedException {
    JsonObject data = data(event);
    readOwnFields(data, draft);
    readOpenMeter(data, draft);
    draft.counts().report(Unit.INPUT, data.count("prompt_tokens"));
    draft.counts().report(Unit.OUTPUT, data.count("completion_tokens"));
    BigDecimal cost = data.decimal("cost");
    if (cost != null) {
      draft.fields().setProviderReportedCostUsd(Numbers.reportedCost("data.cost", cost));
    }
    data.count("total_tokens"); // the sum of the two
    keepRest(data, draft);
    if (draft.fields().getProvider() == null) {
      draft.provider(
          defaultProvider.orElseThrow(
              () -> new RejectedException(Rejection.missing("data.provider"))));
    }
  }

  /** Everything else, unless by its name it is what somebody said. */
  private static void keepRest(JsonObject data, EventDraft draft) {
    data.unread()
        .forEach(
            (key, label) -> {
              String name = key.substring(PATH.length() + 1);
              if (!CONTENT.matcher(name).find()) {
                draft.tags().put(name, label);
              }
            });
  }

  private JsonObject data(JsonObject event) throws RejectedException {
    JsonNode data = event.node().path("data");
    String encoded = event.text("data_base64");
    if (encoded != null) {
      try {
        data = json.parse(json.decode(Base64.getDecoder().decode(encoded)));
      } catch (IllegalArgumentException e) {
        throw RejectedException.malformed("data_base64", "Base64");
      }
    } else if (data.isTextual()) {
      data = json.parse(data.textValue()); // JSON inside a string, as some clients send it
    }
    return JsonObject.of(data, PATH);
  }

  /** The fields that are the usage event's own, as far as their names are. */
  private static void readOwnFields(JsonObject data, EventDraft draft) throws RejectedException {
    ObjectNode own = data.node().objectNode();
    for (String key : data.keys()) {
      if (UsageEvent.getClassSchema().getField(key) != null) {
        own.set(key, data.node().get(key));
        data.has(key); // it is read
      }
    }
    String provider = own.path("provider").isTextual() ? own.path("provider").asText() : null;
    UsageEvent given = EventFields.readSome(JsonObject.of(own, ""));
    GivenFields.applyTags(given, draft);
    GivenFields.apply(given, draft);
    draft.provider(provider);
  }

  private static void readOpenMeter(JsonObject data, EventDraft draft) throws RejectedException {
    Long tokens = data.count("tokens");
    if (tokens == null) {
      return;
    }
    Unit kind = kind(data.label("type"));
    draft.counts().report(kind, tokens);
    // One request comes as an event for each kind: a fee by the request is due once, for the input.
    if (kind != Unit.INPUT) {
      draft.counts().reportFlat("requests", BigDecimal.ZERO);
    }
  }

  private static Unit kind(@Nullable String type) throws RejectedException {
    Unit kind = type == null ? null : KINDS.get(type.toLowerCase(Locale.ROOT));
    if (kind == null) {
      throw new RejectedException(
          Rejection.unknownValue("data.type", KINDS.keySet().stream().sorted().toList()));
    }
    return kind;
  }
}
