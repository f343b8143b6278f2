package io.tokenmeter.cli.demo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A part of a run that a tracing library reports when it is over, with the usage in it. */
final class Span {
  final String id;
  final @Nullable Span parent;
  final String name;
  final @Nullable String agent;
  final Instant start;
  private long inputTokens;
  private long outputTokens;

  Span(String id, @Nullable Span parent, String name, @Nullable String agent, Instant start) {
    this.id = id;
    this.parent = parent;
    this.name = name;
    this.agent = agent;
    this.start = start;
  }

  /** A request in it has used tokens, and so have the spans around it. */
  void used(long input, long output) {
    for (Span span = this; span != null; span = span.parent) {
      span.inputTokens += input;
      span.outputTokens += output;
    }
  }

  long inputTokens() {
    return inputTokens;
  }

  long outputTokens() {
    return outputTokens;
  }
}
