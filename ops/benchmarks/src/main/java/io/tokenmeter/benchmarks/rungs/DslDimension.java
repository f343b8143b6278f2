package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.schemas.CostedUsage;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A dimension that the DSL rungs group by. */
record DslDimension(String name, Function<CostedUsage, String> key) {
  static final DslDimension MODEL = new DslDimension("model", CostedUsage::getModel);
  static final DslDimension API_KEY =
      new DslDimension("api_key", event -> orEmpty(event.getApiKeyId()));
  static final DslDimension WORKFLOW =
      new DslDimension("workflow", event -> orEmpty(event.getWorkflow()));

  /** Tokenmeter's default dimensions. */
  static final List<DslDimension> DEFAULTS =
      List.of(
          MODEL,
          API_KEY,
          WORKFLOW,
          new DslDimension("project", event -> orEmpty(event.getProject())),
          new DslDimension("team", event -> orEmpty(event.getTeam())),
          new DslDimension("customer", event -> orEmpty(event.getCustomerId())),
          pair("api_key+model", API_KEY, MODEL),
          pair("workflow+model", WORKFLOW, MODEL));

  /** The name with the characters that a topic may have. */
  String topicName() {
    return name.replace('+', '-');
  }

  private static DslDimension pair(String name, DslDimension first, DslDimension second) {
    return new DslDimension(
        name, event -> first.key().apply(event) + "|" + second.key().apply(event));
  }

  private static String orEmpty(@Nullable String name) {
    return name == null ? "" : name;
  }
}
