package io.tokenmeter.mapping.event;

import java.util.Locale;
import java.util.Map;

/**
 * Service tiers by the names that price lists use: standard, batch, flex, priority, provisioned.
 *
 * <p>Sources: OpenAI's {@code service_tier} (default, flex, priority, scale; {@code auto} is only
 * ever requested), https://platform.openai.com/docs/api-reference/chat/object; Anthropic's
 * (standard, priority, batch), https://docs.claude.com/en/api/service-tiers; Vertex AI's {@code
 * trafficType},
 * https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/GenerateContentResponse;
 * Bedrock's (default, flex, priority, reserved),
 * https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html.
 */
final class ServiceTiers {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("default", "standard"),
          Map.entry("on_demand", "standard"),
          Map.entry("on_demand_flex", "flex"),
          Map.entry("on_demand_priority", "priority"),
          Map.entry("provisioned_throughput", "provisioned"),
          Map.entry("reserved", "provisioned"),
          Map.entry("scale", "provisioned"));

  private ServiceTiers() {}

  /** The name in price lists; a name that is not known stays, in lower case. */
  static String canonical(String tier) {
    String lower = tier.strip().toLowerCase(Locale.ROOT);
    return NAMES.getOrDefault(lower, lower);
  }
}
