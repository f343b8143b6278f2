package io.tokenmeter.connect.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connector is doing.
 *
 * @param state RUNNING, PAUSED, STOPPED, FAILED, UNASSIGNED or RESTARTING
 * @param tasks the states of its tasks
 * @param failures the stack traces of what has failed; empty where nothing has
 */
public record ConnectorStatus(String state, List<String> tasks, List<String> failures) {

  /** Whether the connector and all its tasks run; false where it has no task yet. */
  public boolean isRunning() {
    return state.equals("RUNNING")
        && !tasks.isEmpty()
        && tasks.stream().allMatch("RUNNING"::equals);
  }

  static ConnectorStatus of(JsonNode answer) {
    List<String> tasks = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    addTrace(answer.path("connector"), failures);
    for (JsonNode task : answer.path("tasks")) {
      tasks.add(task.path("state").asText());
      addTrace(task, failures);
    }
    return new ConnectorStatus(
        answer.path("connector").path("state").asText(), List.copyOf(tasks), List.copyOf(failures));
  }

  private static void addTrace(JsonNode node, List<String> failures) {
    if (node.hasNonNull("trace")) {
      failures.add(node.path("trace").asText());
    }
  }
}
