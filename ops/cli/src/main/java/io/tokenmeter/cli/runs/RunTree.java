package io.tokenmeter.cli.runs;

import io.tokenmeter.schemas.CostedUsage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of a run as a tree, by the ids that they and their parents carry.
 *
 * <p>A step whose parent was never reported is a root; so is one of each ring of parents.
 */
final class RunTree {
  private final List<StepNode> roots = new ArrayList<>();
  private final Map<StepNode, StepNode.Sums> sums = new IdentityHashMap<>();
  private final StepNode.Sums total;

  /** The tree of a run's events, of each the latest revision. */
  RunTree(Collection<CostedUsage> events) {
    Map<String, StepNode> nodes = new LinkedHashMap<>();
    Map<String, String> parents = new HashMap<>();
    for (CostedUsage event : events) {
      String id = event.getStepId() == null ? event.getEventId() : event.getStepId();
      nodes.computeIfAbsent(id, StepNode::new).attempts.add(event);
      if (event.getParentStepId() != null) {
        parents.merge(id, event.getParentStepId(), (one, other) -> one);
      }
    }
    link(nodes, parents);
    nodes.values().forEach(node -> node.children.sort(StepNode.IN_TURN));
    roots.sort(StepNode.IN_TURN);
    StepNode.Sums all = StepNode.Sums.NONE;
    for (StepNode root : roots) {
      addUp(root);
      all = all.plus(below(root));
    }
    total = all;
  }

  private void link(Map<String, StepNode> nodes, Map<String, String> parents) {
    Map<String, Boolean> known = new HashMap<>();
    for (StepNode node : nodes.values()) {
      StepNode parent = nodes.get(parents.getOrDefault(node.id, ""));
      if (parent == null || leadsTo(node.id, parents, known)) {
        parents.remove(node.id);
        roots.add(node);
      } else {
        parent.children.add(node);
      }
    }
  }

  /** Whether a step's parents lead back to it; {@code known} holds those that do not. */
  private static boolean leadsTo(
      String id, Map<String, String> parents, Map<String, Boolean> known) {
    List<String> seen = new ArrayList<>();
    String next = parents.get(id);
    while (next != null && !known.containsKey(next)) {
      if (next.equals(id)) {
        return true;
      }
      if (seen.size() > parents.size()) {
        return false; // another ring, which is cut where it is met
      }
      seen.add(next);
      next = parents.get(next);
    }
    seen.forEach(step -> known.put(step, true));
    known.put(id, true);
    return false;
  }

  /** Adds up from the leaves, without recursion: a chain may be thousands of steps deep. */
  private void addUp(StepNode root) {
    Deque<StepNode> open = new ArrayDeque<>(List.of(root));
    List<StepNode> parentsFirst = new ArrayList<>();
    while (!open.isEmpty()) {
      StepNode node = open.pop();
      parentsFirst.add(node);
      node.children.forEach(open::push);
    }
    for (int i = parentsFirst.size() - 1; i >= 0; i--) {
      StepNode node = parentsFirst.get(i);
      StepNode.Sums all = node.own();
      for (StepNode child : node.children) {
        all = all.plus(below(child));
      }
      sums.put(node, all);
    }
  }

  /** The steps that no known step caused. */
  List<StepNode> roots() {
    return roots;
  }

  /** What a step and all below it add up to. */
  StepNode.Sums below(StepNode node) {
    return sums.getOrDefault(node, StepNode.Sums.NONE);
  }

  /** What all steps add up to. */
  StepNode.Sums total() {
    return total;
  }
}
