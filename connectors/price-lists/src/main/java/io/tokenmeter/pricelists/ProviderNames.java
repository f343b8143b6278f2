package io.tokenmeter.pricelists;

import java.util.List;
import java.util.Map;

/**
 * Names that one and the same provider goes by elsewhere: OpenTelemetry's {@code
 * gen_ai.provider.name}, and the ids that genai-prices and LiteLLM give it. Only names of the same
 * seller of the same service stand here; the vendor of a model that another provider serves is
 * never among them.
 */
final class ProviderNames {
  private static final Map<String, List<String>> ALIASES =
      Map.ofEntries(
          Map.entry("amazon_nova", List.of("amazon-nova")),
          Map.entry("aws", List.of("aws.bedrock", "bedrock_converse")),
          Map.entry("azure", List.of("azure.ai.openai")),
          Map.entry("azure_ai", List.of("azure.ai.inference")),
          Map.entry("bedrock", List.of("aws.bedrock", "aws")),
          Map.entry("fireworks", List.of("fireworks_ai")),
          Map.entry("fireworks_ai", List.of("fireworks")),
          Map.entry("gemini", List.of("gcp.gemini")),
          Map.entry("google", List.of("gcp.gemini", "gcp.vertex_ai", "gcp.gen_ai", "vertex_ai")),
          Map.entry("mistral", List.of("mistral_ai")),
          Map.entry("moonshot", List.of("moonshotai")),
          Map.entry("moonshotai", List.of("moonshot")),
          Map.entry("together", List.of("together_ai", "together-ai")),
          Map.entry("together_ai", List.of("together", "together-ai")),
          Map.entry("vertex_ai", List.of("gcp.vertex_ai")),
          Map.entry("voyage", List.of("voyageai")),
          Map.entry("voyageai", List.of("voyage")),
          Map.entry("watsonx", List.of("ibm.watsonx.ai")),
          Map.entry("x-ai", List.of("xai", "x_ai")),
          Map.entry("xai", List.of("x-ai", "x_ai")));

  private ProviderNames() {}

  /** Other names of the provider; often none. */
  static List<String> aliases(String provider) {
    return ALIASES.getOrDefault(provider, List.of());
  }
}
