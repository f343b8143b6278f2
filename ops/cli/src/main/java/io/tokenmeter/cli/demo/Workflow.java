package io.tokenmeter.cli.demo;

import java.util.List;

/**
 * A workflow of the demo's company: who runs it, for whom, and its steps in order.
 *
 * @param name name of the workflow
 * @param team the team that pays
 * @param project its project
 * @param apiKey alias of the API key
 * @param environment production or staging
 * @param serviceTier service tier of its requests
 * @param customers how many customers it serves; 0: internal use
 * @param weight how often it is run, relative to the others
 * @param summarised whether a run ends with a ROLLUP span that repeats its usage
 * @param steps its steps
 */
record Workflow(
    String name,
    String team,
    String project,
    String apiKey,
    String environment,
    String serviceTier,
    int customers,
    int weight,
    boolean summarised,
    List<Step> steps) {}
