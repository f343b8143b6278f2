package io.tokenmeter.cli.demo;

import java.util.Map;

/**
 * One step of a workflow: a request to a model with its usual size. Set up once, then only read.
 */
final class Step {

  final String name;
  final String agent;
  final String provider;
  final String model;
  final int inputTokens;
  final int outputTokens;
  String operation = "chat";
  double cached;
  double reasoning;
  Map<String, Integer> units = Map.of();
  int atMost = 1;

  private Step(
      String name, String agent, String provider, String model, int inputTokens, int outputTokens) {
    this.name = name;
    this.agent = agent;
    this.provider = provider;
    this.model = model;
    this.inputTokens = inputTokens;
    this.outputTokens = outputTokens;
  }

  /** A step with its usual input and output in tokens. */
  static Step of(String name, String agent, String provider, String model, int in, int out) {
    return new Step(name, agent, provider, model, in, out);
  }

  /** The share of the input that is usually read from the prompt cache, 0 to 1. */
  Step cached(double share) {
    cached = share;
    return this;
  }

  /** The share of the output that is reasoning, 0 to 1. */
  Step reasoning(double share) {
    reasoning = share;
    return this;
  }

  /** A further unit that each request uses. */
  Step units(String unit, int quantity) {
    units = Map.of(unit, quantity);
    return this;
  }

  /** How often the step is taken in one run, at most; at least once. */
  Step repeated(int times) {
    atMost = times;
    return this;
  }

  Step embeddings() {
    operation = "embeddings";
    return this;
  }
}
