package io.tokenmeter.cli.demo;

/**
 * A workflow of the demo's company: who runs it, for whom, how often, and what a run does.
 *
 * @param name name of the workflow
 * @param team the team that pays
 * @param project its project
 * @param apiKey alias of the API key
 * @param customers how many customers it serves; 0: internal use
 * @param perHour runs an hour when people are busiest, or at any time
 * @param when when it is run
 * @param plan what a run does
 */
record Workflow(
    String name,
    String team,
    String project,
    String apiKey,
    int customers,
    double perHour,
    Schedule when,
    RunPlan plan) {

  /** When a workflow is run. */
  enum Schedule {
    /** As people work: less at night. */
    BY_DAY,
    /** By machines, at any time of the day. */
    ALWAYS,
    /** By a clock, until its producer breaks down. */
    UNTIL_IT_BREAKS,
    /** Since today only. */
    NEW
  }

  /** Batches are the work of machines overnight, and cheaper. */
  String serviceTier() {
    return apiKey.endsWith("-batch") ? "batch" : "standard";
  }

  String environment() {
    return when == Schedule.NEW ? "staging" : "production";
  }
}
