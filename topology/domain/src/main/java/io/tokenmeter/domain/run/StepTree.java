package io.tokenmeter.domain.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How the steps of a run hang together: its depth, and the latency of its critical path.
 *
 * <p>A step waits for its parent, and for each step of the same parent that had ended, with all
 * below it, when it began. The critical path is the chain of steps, each waiting for the one
 * before, whose latencies add up to most. So steps in turn add up and steps side by side do not,
 * whether parents are given or not. A span adds no latency, only structure: its time is that of the
 * steps below it. Attempts with one step id are one step with their latencies together.
 *
 * <p>Links may come in any order: what is not linked yet begins a path of its own. The result
 * depends on the set of steps only, as long as there are at most {@value #BOUND} different ones.
 * Beyond that, half of them are let go, those that neither came nor were named as a parent for
 * longest. What they had reached is kept: the longest path, the depth, the path that leads to steps
 * that are still known, and for each parent when its forgotten children had ended and how long a
 * path they made. What is lost is the link of a step to a parent that is forgotten by then, and the
 * order among forgotten siblings. Steps whose parents form a ring have no path.
 */
final class StepTree {
  /** Steps that are known by themselves. */
  static final int BOUND = 320;

  private final StepNodes nodes = new StepNodes();

  /** By the parent's key. */
  private final Map<Long, ForgottenSteps> forgotten = new HashMap<>(0);

  private long settledPath;
  private int settledDepth;

  void add(RunStep step) {
    long key = step.stepKey() == 0 ? step.eventKey() : step.stepKey();
    StepNode node = nodes.touch(key);
    if (node == null) {
      if (nodes.size() == BOUND) {
        forget();
      }
      node = new StepNode(key);
      nodes.add(node);
    }
    node.add(step);
    if (node.parent != StepNode.NO_PARENT) {
      nodes.touch(node.parent);
    }
  }

  /** Depth and critical path, with what is forgotten. */
  RunShape shape() {
    StepPaths paths = new StepPaths(nodes, forgotten);
    return new RunShape(
        Math.max(settledDepth, paths.deepest()), Math.max(settledPath, paths.longest()));
  }

  private void forget() {
    RunShape shape = shape();
    settledPath = shape.criticalPathMillis();
    settledDepth = shape.depth();
    StepNode[] known = nodes.oldestFirst();
    StepNode[] oldest = Arrays.copyOf(known, BOUND / 2);
    StepNode[] kept = Arrays.copyOfRange(known, BOUND / 2, known.length);
    nodes.retain(kept);
    for (StepNode node : oldest) {
      if (node.reached) {
        forgotten.computeIfAbsent(node.parent, parent -> new ForgottenSteps()).add(node);
      }
    }
    for (StepNode node : oldest) {
      keepPathThrough(node);
    }
    Set<Long> needed = new HashSet<>();
    for (StepNode node : kept) {
      needed.add(node.key);
      needed.add(node.parent);
    }
    needed.add(StepNode.NO_PARENT);
    forgotten.keySet().retainAll(needed);
  }

  /** Lets the steps below a forgotten one still know what led to them. */
  private void keepPathThrough(StepNode node) {
    if (node.reached) {
      ForgottenSteps below = forgotten.computeIfAbsent(node.key, parent -> new ForgottenSteps());
      below.path = node.path;
      below.depth = node.depth;
    }
  }

  void encode(StateWriter out) {
    out.number(settledPath).number(settledDepth).number(nodes.size());
    for (StepNode node : nodes.oldestFirst()) {
      node.encode(out);
    }
    out.number(forgotten.size());
    forgotten.forEach(
        (parent, steps) -> {
          out.hash(parent);
          steps.encode(out);
        });
  }

  static StepTree decode(StateReader in) {
    StepTree tree = new StepTree();
    tree.settledPath = in.number();
    tree.settledDepth = in.count();
    for (int left = in.count(); left > 0; left--) {
      tree.nodes.add(StepNode.decode(in));
    }
    for (int left = in.count(); left > 0; left--) {
      tree.forgotten.put(in.hash(), ForgottenSteps.decode(in));
    }
    return tree;
  }
}
