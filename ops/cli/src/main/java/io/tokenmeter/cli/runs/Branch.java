package io.tokenmeter.cli.runs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A step as it is laid out: steps that each cause the next one are a list, not a staircase.
 *
 * @param sums the step, with all below it unless these are steps of the same list
 * @param follows whether the step before it in the list caused it
 * @param below the lists' steps that are drawn below it
 */
record Branch(StepNode node, StepNode.Sums sums, boolean follows, List<Branch> below) {

  /** Deeper trees would not fit a stack, nor a screen. */
  private static final int DEEPEST = 500;

  private record Siblings(List<StepNode> nodes, List<Branch> laidOut, int level) {}

  /** The roots of a tree, laid out with all that is below them. */
  static List<Branch> of(RunTree tree) {
    List<Branch> roots = new ArrayList<>();
    Deque<Siblings> open = new ArrayDeque<>(List.of(new Siblings(tree.roots(), roots, 1)));
    while (!open.isEmpty()) {
      Siblings siblings = open.poll();
      if (siblings.nodes.size() == 1) {
        layOutChain(siblings, tree, open);
      } else {
        siblings.nodes.forEach(node -> layOut(node, false, siblings, tree, open));
      }
    }
    return roots;
  }

  private static void layOutChain(Siblings siblings, RunTree tree, Deque<Siblings> open) {
    StepNode node = siblings.nodes.get(0);
    boolean follows = false;
    while (node.children.size() == 1 && !node.isSpan()) {
      siblings.laidOut.add(new Branch(node, node.own(), follows, List.of()));
      node = node.children.get(0);
      follows = true;
    }
    layOut(node, follows, siblings, tree, open);
  }

  private static void layOut(
      StepNode node, boolean follows, Siblings siblings, RunTree tree, Deque<Siblings> open) {
    Branch branch = new Branch(node, tree.below(node), follows, new ArrayList<>());
    siblings.laidOut.add(branch);
    if (!node.children.isEmpty() && siblings.level < DEEPEST) {
      open.add(new Siblings(node.children, branch.below, siblings.level + 1));
    }
  }
}
