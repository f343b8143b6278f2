package io.tokenmeter.domain.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/** Works out the paths through the steps that a {@link StepTree} knows, from the roots down. */
final class StepPaths {
  private static final Comparator<StepNode> BY_PARENT_IN_TURN =
      Comparator.<StepNode>comparingLong(node -> node.parent)
          .thenComparingLong(node -> node.start)
          .thenComparingLong(node -> node.key);

  /** The steps of one parent are beside each other, in turn. */
  private final StepNode[] nodes;

  private final Map<Long, ForgottenSteps> forgotten;
  private long longest;
  private int deepest;

  StepPaths(StepNodes known, Map<Long, ForgottenSteps> forgotten) {
    this.forgotten = forgotten;
    nodes = known.all();
    Arrays.sort(nodes, BY_PARENT_IN_TURN);
    for (StepNode node : nodes) {
      node.reached = false;
    }
    for (int from = 0; from < nodes.length; from = end(from)) {
      long parent = nodes[from].parent;
      if (known.get(parent) == null) {
        ForgottenSteps before = forgotten.get(parent);
        follow(from, before == null ? 0 : before.path, before == null ? 0 : before.depth);
      }
    }
  }

  /** Latency of the longest path, milliseconds. */
  long longest() {
    return longest;
  }

  /** Steps on the path from a root to the deepest step. */
  int deepest() {
    return deepest;
  }

  /**
   * Follows all paths through steps of one parent, given the path through it and its depth.
   *
   * @param from index of the first of them
   */
  private void follow(int from, long path, int depth) {
    EndedPaths ended = new EndedPaths();
    ForgottenSteps before = forgotten.get(nodes[from].parent);
    if (before != null) {
      ended.add(before.endBelow, before.pathBelow);
    }
    int end = end(from);
    for (int i = from; i < end; i++) {
      StepNode node = nodes[i];
      node.reached = true;
      node.path = Math.max(path, ended.longestBy(node.start)) + node.latency;
      node.depth = depth + 1;
      node.pathBelow = node.path;
      node.endBelow = node.end;
      longest = Math.max(longest, node.path);
      deepest = Math.max(deepest, node.depth);
      followBelow(node);
      if (i + 1 < end) {
        ended.add(node.endBelow, node.pathBelow);
      }
    }
  }

  private void followBelow(StepNode node) {
    int from = firstBelow(node.key);
    if (from < nodes.length && nodes[from].parent == node.key) {
      follow(from, node.path, node.depth);
      int end = end(from);
      for (int i = from; i < end; i++) {
        node.pathBelow = Math.max(node.pathBelow, nodes[i].pathBelow);
        node.endBelow = Math.max(node.endBelow, nodes[i].endBelow);
      }
    }
    ForgottenSteps gone = forgotten.get(node.key);
    if (gone != null) {
      node.pathBelow = Math.max(node.pathBelow, gone.pathBelow);
      node.endBelow = Math.max(node.endBelow, gone.endBelow);
    }
  }

  /** Where the steps of a parent begin, if there are any. */
  private int firstBelow(long parent) {
    int low = 0;
    int high = nodes.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (nodes[middle].parent < parent) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where the steps end that have the same parent as one. */
  private int end(int from) {
    int end = from + 1;
    while (end < nodes.length && nodes[end].parent == nodes[from].parent) {
      end++;
    }
    return end;
  }
}
