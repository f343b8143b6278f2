package io.tokenmeter.mapping.otlp;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Attributes that carry what people and models say. They never enter an event, and are not even
 * decoded.
 *
 * <p>Sources:
 * https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/registry/attributes/gen-ai.md
 * (those marked as sensitive), and the older forms of OpenLLMetry and OpenInference.
 */
final class ContentAttributes {

  /** Names, and what begins with them and a dot. */
  private static final List<String> PREFIXES =
      List.of(
          "gen_ai.prompt",
          "gen_ai.completion",
          "gen_ai.input",
          "gen_ai.output",
          "gen_ai.system_instructions",
          "gen_ai.agent.description",
          "gen_ai.tool.definitions",
          "gen_ai.tool.description",
          "gen_ai.tool.call.arguments",
          "gen_ai.tool.call.result",
          "gen_ai.retrieval",
          "gen_ai.memory.query",
          "gen_ai.memory.records",
          "gen_ai.request.stop_sequences",
          "gen_ai.request.tools",
          "gen_ai.request.functions",
          "gen_ai.response.text",
          "gen_ai.response.tool_calls",
          "traceloop.entity.input",
          "traceloop.entity.output",
          "llm.input_messages",
          "llm.output_messages",
          "llm.prompts",
          "llm.completions",
          "input.value",
          "output.value");

  /** Most attributes of a request are counts. */
  private static final String COUNTS = "gen_ai.usage.";

  /** Names of templates, which are no content. */
  private static final Set<String> HARMLESS = Set.of("gen_ai.prompt.name", "gen_ai.prompt.version");

  /** Parts of names that mean content in whatever namespace. */
  private static final Pattern CONTENT =
      Pattern.compile(
          "(^|[._])(content|messages?|arguments?|instructions|body|documents?|explanation)([._]|$)");

  private ContentAttributes() {}

  static boolean matches(String key) {
    return !key.startsWith(COUNTS) && isContent(key);
  }

  private static boolean isContent(String key) {
    return !HARMLESS.contains(key)
        && (PREFIXES.stream().anyMatch(prefix -> key.equals(prefix) || isBelow(key, prefix))
            || CONTENT.matcher(key).find());
  }

  private static boolean isBelow(String key, String prefix) {
    return key.startsWith(prefix) && key.charAt(prefix.length()) == '.';
  }
}
