package io.tokenmeter.cli.runs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Chooses what of a run's tree is shown in a number of lines: the dearest steps wherever they are,
 * with what they are below, as many as fit. The others are a line for each kind.
 */
final class TreeOutline {
  private final List<Branch> roots;
  private final List<Branch> dearestFirst;
  private final int bound;
  private final boolean unicode;

  private TreeOutline(RunTree tree, int bound, boolean unicode) {
    roots = Branch.of(tree);
    dearestFirst = dearestFirst(roots);
    this.bound = bound;
    this.unicode = unicode;
  }

  /** The rows of a tree: all, if there are at most {@code bound}, else as many as fit. */
  static List<TreeRow> rows(RunTree tree, int bound, boolean unicode) {
    return new TreeOutline(tree, bound, unicode).rows();
  }

  private List<TreeRow> rows() {
    List<TreeRow> best = with(dearestFirst.size());
    if (best.size() <= bound) {
      return best;
    }
    int fits = 0;
    int tooMany = dearestFirst.size();
    while (tooMany - fits > 1) {
      int shown = (fits + tooMany) / 2;
      if (with(shown).size() <= bound) {
        fits = shown;
      } else {
        tooMany = shown;
      }
    }
    best = with(fits);
    return best.subList(0, Math.min(bound, best.size()));
  }

  private List<TreeRow> with(int dearest) {
    Set<Branch> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    shown.addAll(dearestFirst.subList(0, dearest));
    return TreeLines.of(roots, shown, bound, unicode);
  }

  /** What a step is below comes before it: it costs as much at least, and is found first. */
  private static List<Branch> dearestFirst(List<Branch> roots) {
    List<Branch> all = new ArrayList<>();
    Deque<Branch> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      Branch branch = open.poll();
      all.add(branch);
      open.addAll(branch.below());
    }
    all.sort(Comparator.comparing((Branch branch) -> branch.sums().cost()).reversed());
    return all;
  }
}
