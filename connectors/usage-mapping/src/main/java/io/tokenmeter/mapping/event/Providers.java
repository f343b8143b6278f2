package io.tokenmeter.mapping.event;

import java.util.Locale;
import java.util.Map;

/**
 * Providers by the names that price lists use. Never the vendor of a model that somebody else
 * serves: Azure stays Azure.
 *
 * <p>Sources: the well-known values of {@code gen_ai.provider.name},
 * https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/registry/attributes/gen-ai.md,
 * and of its predecessor {@code gen_ai.system}; the providers of LiteLLM,
 * https://github.com/BerriAI/litellm/blob/main/litellm/types/utils.py (LlmProviders); {@code
 * llm.provider} and {@code llm.system} of OpenInference,
 * https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md.
 */
final class Providers {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("aws", "bedrock"),
          Map.entry("aws.bedrock", "bedrock"),
          Map.entry("aws_bedrock", "bedrock"),
          Map.entry("bedrock_converse", "bedrock"),
          Map.entry("az.ai.openai", "azure"),
          Map.entry("azure.ai.openai", "azure"),
          Map.entry("azure_openai", "azure"),
          Map.entry("azure_text", "azure"),
          Map.entry("az.ai.inference", "azure_ai"),
          Map.entry("azure.ai.inference", "azure_ai"),
          Map.entry("cohere_chat", "cohere"),
          Map.entry("gcp.gemini", "gemini"),
          Map.entry("gcp.gen_ai", "google"),
          Map.entry("gcp.vertex_ai", "vertex_ai"),
          Map.entry("vertexai", "vertex_ai"),
          Map.entry("vertex_ai_beta", "vertex_ai"),
          Map.entry("ibm.watsonx.ai", "watsonx"),
          Map.entry("mistral_ai", "mistral"),
          Map.entry("mistralai", "mistral"),
          Map.entry("moonshot_ai", "moonshot"),
          Map.entry("text-completion-openai", "openai"),
          Map.entry("text-completion-codestral", "codestral"),
          Map.entry("x_ai", "xai"),
          Map.entry("x-ai", "xai"));

  private Providers() {}

  /** The name in price lists; a name that is not known stays, in lower case. */
  static String canonical(String provider) {
    String lower = provider.strip().toLowerCase(Locale.ROOT);
    // LiteLLM: one provider of models by many vendors, such as vertex_ai-anthropic_models.
    return lower.startsWith("vertex_ai-") ? "vertex_ai" : NAMES.getOrDefault(lower, lower);
  }
}
