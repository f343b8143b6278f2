package io.tokenmeter.cli.demo;

import java.util.Map;

/**
 * A kind of request to a model, with its usual size.
 *
 * @param name of the step, the same in every run
 * @param agent who makes it
 * @param input usual input, tokens
 * @param output usual output, tokens
 * @param operation kind of request, as OpenTelemetry names it
 * @param cached the share of the input that is usually read from the prompt cache, 0 to 1
 * @param reasoning the share of the output that is reasoning, 0 to 1
 * @param units further units that each request uses
 */
record Step(
    String name,
    String agent,
    String provider,
    String model,
    int input,
    int output,
    String operation,
    double cached,
    double reasoning,
    Map<String, Integer> units) {

  /** A step with its usual input and output in tokens. */
  static Step of(String name, String agent, String provider, String model, int in, int out) {
    return new Step(name, agent, provider, model, in, out, "chat", 0, 0, Map.of());
  }

  /** The same step with a share of its input read from the prompt cache. */
  Step cached(double share) {
    return new Step(
        name, agent, provider, model, input, output, operation, share, reasoning, units);
  }

  /** The same step with a share of its output spent on reasoning. */
  Step reasoning(double share) {
    return new Step(name, agent, provider, model, input, output, operation, cached, share, units);
  }

  /** The same step with a further unit in each request. */
  Step units(String unit, int quantity) {
    return new Step(
        name,
        agent,
        provider,
        model,
        input,
        output,
        operation,
        cached,
        reasoning,
        Map.of(unit, quantity));
  }

  /** The same step under another name. */
  Step named(String other) {
    return new Step(
        other, agent, provider, model, input, output, operation, cached, reasoning, units);
  }

  /** The same step on another model of the provider. */
  Step on(String other) {
    return new Step(
        name, agent, provider, other, input, output, operation, cached, reasoning, units);
  }

  /** The same step with another input. */
  Step input(int tokens) {
    return new Step(
        name, agent, provider, model, tokens, output, operation, cached, reasoning, units);
  }

  /** A step that has no output but vectors. */
  Step embeddings() {
    return new Step(name, agent, provider, model, input, 0, "embeddings", cached, reasoning, units);
  }
}
