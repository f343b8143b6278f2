package io.tokenmeter.domain.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Works out the paths through the steps that a {@link StepTree} knows, from the roots down. */
final class StepPaths {
  private static final Comparator<StepNode> IN_TURN =
      Comparator.<StepNode>comparingLong(node -> node.start).thenComparingLong(node -> node.key);

  private final Map<Long, List<StepNode>> children = new HashMap<>();
  private final Map<Long, ForgottenSteps> forgotten;
  private long longest;
  private int deepest;

  StepPaths(Map<Long, StepNode> nodes, Map<Long, ForgottenSteps> forgotten) {
    this.forgotten = forgotten;
    for (StepNode node : nodes.values()) {
      node.reached = false;
      children.computeIfAbsent(node.parent, parent -> new ArrayList<>(2)).add(node);
    }
    children.values().forEach(group -> group.sort(IN_TURN));
    children.forEach(
        (parent, group) -> {
          if (!nodes.containsKey(parent)) {
            ForgottenSteps before = forgotten.get(parent);
            follow(group, before == null ? 0 : before.path, before == null ? 0 : before.depth);
          }
        });
  }

  /** Latency of the longest path, milliseconds. */
  long longest() {
    return longest;
  }

  /** Steps on the path from a root to the deepest step. */
  int deepest() {
    return deepest;
  }

  /** Follows all paths through steps of one parent, given the path through it and its depth. */
  private void follow(List<StepNode> group, long path, int depth) {
    EndedPaths ended = new EndedPaths();
    ForgottenSteps before = forgotten.get(group.get(0).parent);
    if (before != null) {
      ended.add(before.endBelow, before.pathBelow);
    }
    for (StepNode node : group) {
      node.reached = true;
      node.path = Math.max(path, ended.longestBy(node.start)) + node.latency;
      node.depth = depth + 1;
      node.pathBelow = node.path;
      node.endBelow = node.end;
      longest = Math.max(longest, node.path);
      deepest = Math.max(deepest, node.depth);
      followBelow(node);
      ended.add(node.endBelow, node.pathBelow);
    }
  }

  private void followBelow(StepNode node) {
    List<StepNode> below = children.get(node.key);
    if (below != null) {
      follow(below, node.path, node.depth);
      for (StepNode child : below) {
        node.pathBelow = Math.max(node.pathBelow, child.pathBelow);
        node.endBelow = Math.max(node.endBelow, child.endBelow);
      }
    }
    ForgottenSteps gone = forgotten.get(node.key);
    if (gone != null) {
      node.pathBelow = Math.max(node.pathBelow, gone.pathBelow);
      node.endBelow = Math.max(node.endBelow, gone.endBelow);
    }
  }
}
