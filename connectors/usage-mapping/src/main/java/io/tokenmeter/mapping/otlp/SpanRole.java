package io.tokenmeter.mapping.otlp;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a span is to usage, by what it says of itself.
 *
 * <p>Source of the operations:
 * https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/registry/attributes/gen-ai.md
 * (gen_ai.operation.name); of the kinds: {@code traceloop.span.kind} of OpenLLMetry and {@code
 * openinference.span.kind} of OpenInference.
 */
enum SpanRole {
  /** A request to a model, which is billed. */
  REQUEST,
  /** An agent, workflow, tool or other step: structure of the run, never money. */
  STRUCTURE,
  /** Not about generative AI at all. */
  OTHER;

  /** Operations and kinds of spans that hold others, and may repeat their usage. */
  private static final Set<String> GROUPING =
      Set.of(
          "invoke_agent",
          "invoke_workflow",
          "create_agent",
          "plan",
          "execute_tool",
          "workflow",
          "agent",
          "task",
          "tool",
          "chain",
          "retriever",
          "guardrail",
          "evaluator");

  private static final Set<String> REQUESTS =
      Set.of("chat", "text_completion", "generate_content", "embeddings", "rerank");

  /** Names of OpenLLMetry's llm.request.type and OpenInference's kinds that are requests. */
  private static final Map<String, String> OLDER_NAMES =
      Map.of(
          "chat", "chat",
          "llm", "chat",
          "completion", "text_completion",
          "embedding", "embeddings",
          "rerank", "rerank",
          "reranker", "rerank");

  /** The role of a span by itself; what its relatives in the batch say comes on top. */
  static SpanRole of(Attributes attributes) {
    String operation = operation(attributes);
    String kind = attributes.text("traceloop.span.kind", "openinference.span.kind");
    if (operation == null && kind == null && !isGenAi(attributes)) {
      return OTHER;
    }
    if (contains(GROUPING, operation) || contains(GROUPING, kind)) {
      return STRUCTURE;
    }
    if (contains(REQUESTS, operation)) {
      return REQUEST;
    }
    // Older instrumentations name neither; there an agent sums up usage, but has no model.
    boolean named = operation != null || kind != null;
    boolean request = named ? TokenAttributes.anyIn(attributes) : hasModel(attributes);
    return request ? REQUEST : STRUCTURE;
  }

  private static boolean hasModel(Attributes attributes) {
    return attributes.has("gen_ai.response.model")
        || attributes.has("gen_ai.request.model")
        || attributes.has("llm.model_name");
  }

  /** The operation by its current name, whoever named it. */
  static @Nullable String operation(Attributes attributes) {
    String current = attributes.text("gen_ai.operation.name");
    String older = attributes.text("llm.request.type", "openinference.span.kind");
    return current != null || older == null
        ? current
        : OLDER_NAMES.get(older.toLowerCase(Locale.ROOT));
  }

  private static boolean isGenAi(Attributes attributes) {
    return attributes.hasPrefix("gen_ai.")
        || attributes.hasPrefix("llm.usage.")
        || attributes.hasPrefix("llm.token_count.");
  }

  private static boolean contains(Set<String> names, @Nullable String name) {
    return name != null && names.contains(name.toLowerCase(Locale.ROOT));
  }
}
