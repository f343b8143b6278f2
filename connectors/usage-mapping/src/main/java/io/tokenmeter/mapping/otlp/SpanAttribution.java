package io.tokenmeter.mapping.otlp;

import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.schemas.UsageEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who and what a span worked for: agent and workflow by the span itself or the nearest one above,
 * the rest by the span or its resource.
 *
 * <p>OpenTelemetry has no names for teams, projects and customers: {@code tokenmeter.team} and so
 * on, on the span or in {@code OTEL_RESOURCE_ATTRIBUTES}, set the event's fields.
 */
final class SpanAttribution {

  /** Prefix of attributes that set a field of the event, or with {@code tag.} a tag. */
  static final String PREFIX = "tokenmeter.";

  private static final Map<String, BiConsumer<UsageEvent, String>> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put(PREFIX + "api_key_id", UsageEvent::setApiKeyId);
    FIELDS.put(PREFIX + "project", UsageEvent::setProject);
    FIELDS.put(PREFIX + "team", UsageEvent::setTeam);
    FIELDS.put(PREFIX + "user_id", UsageEvent::setUserId);
    FIELDS.put(PREFIX + "customer_id", UsageEvent::setCustomerId);
    FIELDS.put(PREFIX + "environment", UsageEvent::setEnvironment);
    FIELDS.put(PREFIX + "region", UsageEvent::setRegion);
    FIELDS.put(PREFIX + "workflow", UsageEvent::setWorkflow);
    FIELDS.put(PREFIX + "run_id", UsageEvent::setRunId);
    FIELDS.put(PREFIX + "step_name", UsageEvent::setStepName);
    FIELDS.put(PREFIX + "outcome", UsageEvent::setOutcome);
    FIELDS.put(PREFIX + "retry_of", UsageEvent::setRetryOf);
  }

  /** Endpoints that name their region: Bedrock's and Vertex AI's. */
  private static final Pattern REGION =
      Pattern.compile(
          "bedrock-runtime\\.([a-z0-9-]+)\\.amazonaws\\.com|([a-z0-9-]+)-aiplatform\\.googleapis\\.com");

  private SpanAttribution() {}

  static void read(Span span, SpanTree tree, EventDraft draft) {
    UsageEvent event = draft.fields();
    event.setAgent(carried(span, tree, "gen_ai.agent.name", "agent"));
    event.setWorkflow(carried(span, tree, "gen_ai.workflow.name", "workflow"));
    event.setUserId(span.attributes().text("user.id", "enduser.id"));
    event.setEnvironment(
        span.resource().text("deployment.environment.name", "deployment.environment"));
    event.setRegion(region(span.attributes().text("server.address")));
    for (Map.Entry<String, BiConsumer<UsageEvent, String>> field : FIELDS.entrySet()) {
      String key = field.getKey();
      String own = span.attributes().text(key);
      String value = own != null ? own : span.resource().text(key);
      if (value != null) {
        field.getValue().accept(event, value);
      }
    }
  }

  /**
   * A name on the span or the nearest one above it.
   *
   * @param kind value of {@code traceloop.span.kind} whose entity name means the same
   */
  private static @Nullable String carried(Span span, SpanTree tree, String key, String kind) {
    String name = name(span.attributes(), key, kind);
    for (Span ancestor : tree.ancestors(span)) {
      name = name != null ? name : name(ancestor.attributes(), key, kind);
    }
    return name;
  }

  private static @Nullable String name(Attributes attributes, String key, String kind) {
    String name = attributes.text(key, "traceloop." + kind + ".name");
    return name == null && kind.equals(attributes.text("traceloop.span.kind"))
        ? attributes.text("traceloop.entity.name")
        : name;
  }

  private static @Nullable String region(@Nullable String address) {
    Matcher host = REGION.matcher(address == null ? "" : address);
    if (!host.matches()) {
      return null;
    }
    return host.group(1) != null ? host.group(1) : host.group(2);
  }
}
