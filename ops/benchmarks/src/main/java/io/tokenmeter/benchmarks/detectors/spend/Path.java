package io.tokenmeter.benchmarks.detectors.spend;

import io.tokenmeter.benchmarks.workload.ModelPrice;
import io.tokenmeter.domain.alert.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * Where spend comes from: one model under one key, workflow and customer. All subjects of a path
 * see the same spend.
 */
public final class Path {
  private final String apiKey;
  private final String project;
  private final String team;
  private final String workflow;
  private final String customer;
  private final ModelPrice model;
  private final List<Subject> subjects;

  /**
   * A path.
   *
   * @param workflow empty where requests carry none
   * @param customer empty where requests carry none
   */
  Path(
      String apiKey,
      String project,
      String team,
      String workflow,
      String customer,
      ModelPrice model) {
    this.apiKey = apiKey;
    this.project = project;
    this.team = team;
    this.workflow = workflow;
    this.customer = customer;
    this.model = model;
    List<Subject> seen = new ArrayList<>();
    seen.add(new Subject("api_key", apiKey));
    seen.add(new Subject("project", project));
    seen.add(new Subject("team", team));
    seen.add(new Subject("model", model.model()));
    if (!workflow.isEmpty()) {
      seen.add(new Subject("workflow", workflow));
    }
    if (!customer.isEmpty()) {
      seen.add(new Subject("customer", customer));
    }
    subjects = List.copyOf(seen);
  }

  /** The same path to another model. */
  Path to(ModelPrice other) {
    return new Path(apiKey, project, team, workflow, customer, other);
  }

  /** The same key without workflow and customer, as a stranger would use it. */
  Path stolen(ModelPrice other) {
    return new Path(apiKey, project, team, "", "", other);
  }

  /** The model that is called. */
  public ModelPrice model() {
    return model;
  }

  /** Everybody who sees the spend: the key, project, team and model, and workflow and customer. */
  public List<Subject> subjects() {
    return subjects;
  }
}
