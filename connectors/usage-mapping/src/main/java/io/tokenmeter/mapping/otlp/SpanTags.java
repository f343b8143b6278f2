package io.tokenmeter.mapping.otlp;

import io.tokenmeter.mapping.event.EventDraft;
import java.util.List;
import java.util.Map;

/**
 * What a span says beyond the event's fields, as tags of the same names. Only attributes of known
 * namespaces: anything else might hold what people said.
 */
final class SpanTags {

  /** Prefix of attributes that a sender wants as tags, by the rest of their names. */
  static final String TAG = SpanAttribution.PREFIX + "tag.";

  /** OpenLLMetry's prefix for the same. */
  private static final String ASSOCIATION = "traceloop.association.properties.";

  private static final List<String> NAMESPACES =
      List.of(
          "gen_ai.",
          "openai.",
          "anthropic.",
          "aws.bedrock.",
          "azure.",
          "llm.token_count.",
          "llm.usage.",
          "server.address",
          "session.id",
          "mcp.",
          SpanAttribution.PREFIX); // a misspelt field stays visible

  private static final List<String> RESOURCE =
      List.of("service.name", "service.namespace", "service.version", "cloud.region");

  private SpanTags() {}

  static void read(Span span, EventDraft draft) {
    addNamed(span.attributes().unread(), draft);
    addNamed(span.resource().unread(), draft);
    Map<String, String> rest = span.attributes().unread();
    rest.forEach(
        (key, value) -> {
          if (isKnown(key) && !isZeroCount(key, value)) {
            draft.tags().put(key, value);
          }
        });
    RESOURCE.forEach(key -> draft.tags().put(key, span.resource().text(key)));
    draft.tags().put("server.address", span.attributes().text("server.address"));
  }

  private static boolean isKnown(String key) {
    return NAMESPACES.stream().anyMatch(key::startsWith) && !key.startsWith(TAG);
  }

  /** A count of nothing, of a kind that has no unit, says nothing. */
  private static boolean isZeroCount(String key, String value) {
    return value.equals("0") && (key.startsWith("gen_ai.usage.") || key.startsWith("llm."));
  }

  private static void addNamed(Map<String, String> attributes, EventDraft draft) {
    attributes.forEach(
        (key, value) -> {
          if (key.startsWith(TAG)) {
            draft.tags().put(key.substring(TAG.length()), value);
          } else if (key.startsWith(ASSOCIATION)) {
            draft.tags().put(key.substring(ASSOCIATION.length()), value);
          }
        });
  }
}
