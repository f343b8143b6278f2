package io.tokenmeter.domain.run;

/** One step of a {@link StepTree}: all attempts with its id together. */
final class StepNode {
  static final long NO_PARENT = 0;

  final long key;

  /** Key of the step it waits for; 0 for none. Of several that are claimed, the lowest. */
  long parent = NO_PARENT;

  /** When its first attempt began, microseconds since the epoch. */
  long start = Long.MAX_VALUE;

  /** When its last attempt ended, microseconds since the epoch. */
  long end = Long.MIN_VALUE;

  /** Latencies of its attempts together, milliseconds; 0 for a span. */
  long latency;

  /** Rises with each touch of any step of the tree. */
  long touched;

  // What StepPaths works out.
  long path;
  int depth;
  long pathBelow;
  long endBelow;
  boolean reached;

  StepNode(long key) {
    this.key = key;
  }

  void add(RunStep step) {
    long millis = Math.max(step.latencyMillis(), 0);
    long began = step.occurredAtMicros();
    start = Math.min(start, began);
    end = Math.max(end, began + millis * 1000);
    latency += step.span() ? 0 : millis;
    long claimed = step.parentKey();
    if (claimed != NO_PARENT && claimed != key && (parent == NO_PARENT || claimed < parent)) {
      parent = claimed;
    }
  }

  void encode(StateWriter out) {
    out.hash(key).flag(parent != NO_PARENT);
    if (parent != NO_PARENT) {
      out.hash(parent);
    }
    out.number(start).number(end - start).number(latency);
  }

  static StepNode decode(StateReader in) {
    StepNode node = new StepNode(in.hash());
    if (in.flag()) {
      node.parent = in.hash();
    }
    node.start = in.number();
    node.end = node.start + in.number();
    node.latency = in.number();
    return node;
  }
}
