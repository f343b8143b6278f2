package io.tokenmeter.mapping.otlp;

import java.util.List;

/**
 * Attributes that carry what people and models say. They never enter an event, and are not even
 * decoded.
 *
 * <p>Sources:
 * https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/registry/attributes/gen-ai.md
 * (those marked as sensitive), and the older forms of OpenLLMetry and OpenInference.
 */
final class ContentAttributes {

  private static final List<String> PREFIXES =
      List.of(
          "gen_ai.input.messages",
          "gen_ai.output.messages",
          "gen_ai.prompt.",
          "gen_ai.completion.",
          "gen_ai.system_instructions",
          "gen_ai.agent.description",
          "gen_ai.tool.definitions",
          "gen_ai.tool.description",
          "gen_ai.tool.call.arguments",
          "gen_ai.tool.call.result",
          "gen_ai.retrieval.",
          "gen_ai.memory.query",
          "gen_ai.memory.records",
          "gen_ai.evaluation.explanation",
          "gen_ai.request.stop_sequences",
          "gen_ai.request.tools",
          "gen_ai.request.functions",
          "gen_ai.response.text",
          "gen_ai.response.tool_calls",
          "gen_ai.content",
          "traceloop.entity.input",
          "traceloop.entity.output",
          "llm.input_messages",
          "llm.output_messages",
          "llm.prompts",
          "llm.completions",
          "input.value",
          "output.value");

  private ContentAttributes() {}

  static boolean matches(String key) {
    return key.equals("gen_ai.prompt")
        || key.equals("gen_ai.completion")
        || key.equals("gen_ai.input")
        || key.equals("gen_ai.output")
        || PREFIXES.stream().anyMatch(key::startsWith);
  }
}
