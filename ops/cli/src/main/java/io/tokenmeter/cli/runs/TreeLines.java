package io.tokenmeter.cli.runs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws the part of a run's tree that is to be shown, with a line for each kind of the others. */
final class TreeLines {
  private static final int KINDS = 3;

  private record Kind(String name, String models) {}

  /** The pieces that branches are drawn with; {@code next} is for a root that a root caused. */
  private record Pieces(String pass, String fork, String last, String blank, String next) {
    static Pieces of(boolean unicode) {
      return unicode
          ? new Pieces("│  ", "├─ ", "└─ ", "   ", "↓ ")
          : new Pieces("|  ", "|- ", "`- ", "   ", "> ");
    }
  }

  private final Set<Branch> shown;
  private final int bound;
  private final Pieces pieces;
  private final List<TreeRow> rows = new ArrayList<>();

  private TreeLines(Set<Branch> shown, int bound, boolean unicode) {
    this.shown = shown;
    this.bound = bound;
    pieces = Pieces.of(unicode);
  }

  /**
   * The rows of some branches.
   *
   * @param shown the branches that have a row of their own; with each of them what it is below
   * @param bound more rows than this are not wanted: one more says that it is not enough
   */
  static List<TreeRow> of(List<Branch> roots, Set<Branch> shown, int bound, boolean unicode) {
    TreeLines lines = new TreeLines(shown, bound, unicode);
    lines.addList(roots, "", true);
    return lines.rows;
  }

  private void addList(List<Branch> siblings, String prefix, boolean top) {
    Map<Kind, List<Branch>> others = others(siblings);
    Set<Branch> alone = Collections.newSetFromMap(new IdentityHashMap<>());
    if (others.size() <= KINDS) {
      // A line for one step may as well be the step's.
      others.values().stream().filter(kind -> kind.size() == 1).forEach(alone::addAll);
      others.values().removeIf(kind -> kind.size() == 1);
    }
    List<Branch> own =
        siblings.stream().filter(step -> shown.contains(step) || alone.contains(step)).toList();
    for (int i = 0; i < own.size() && rows.size() <= bound; i++) {
      addBranch(own.get(i), prefix, top, i == own.size() - 1 && others.isEmpty());
    }
    addOthers(others, prefix, top);
  }

  private Map<Kind, List<Branch>> others(List<Branch> siblings) {
    Map<Kind, List<Branch>> others = new LinkedHashMap<>();
    siblings.stream()
        .filter(step -> !shown.contains(step))
        .sorted(Comparator.comparing((Branch step) -> step.sums().cost()).reversed())
        .forEach(
            step ->
                others
                    .computeIfAbsent(
                        new Kind(step.node().name(), step.node().models()), k -> new ArrayList<>())
                    .add(step));
    return others;
  }

  private void addBranch(Branch branch, String prefix, boolean top, boolean last) {
    boolean open = branch.below().stream().anyMatch(shown::contains);
    String start = last ? pieces.last() : pieces.fork();
    rows.add(
        new TreeRow(
            top ? (branch.follows() ? pieces.next() : "") : prefix + start,
            open ? branch.node().name() : nameOf(branch),
            branch.node().models(),
            branch.sums(),
            false));
    if (open) {
      addList(branch.below(), top ? "" : prefix + (last ? pieces.blank() : pieces.pass()), false);
    }
  }

  /** Of a step below which nothing is drawn: what it caused may be next to it, or left out. */
  private static String nameOf(Branch branch) {
    boolean nextToIt = branch.below().isEmpty() && branch.node().children.size() == 1;
    return branch.node().name() + (branch.node().children.isEmpty() || nextToIt ? "" : " …");
  }

  private void addOthers(Map<Kind, List<Branch>> others, String prefix, boolean top) {
    List<Branch> rest = new ArrayList<>();
    int left = others.size();
    int ownLines = left <= KINDS ? left : KINDS - 1;
    for (Map.Entry<Kind, List<Branch>> kind : others.entrySet()) {
      if (ownLines-- > 0) {
        addLeftOut(kind.getValue(), kind.getKey(), top ? "" : prefix + end(--left == 0));
      } else {
        rest.addAll(kind.getValue());
      }
    }
    if (!rest.isEmpty()) {
      addLeftOut(rest, new Kind("steps", ""), top ? "" : prefix + end(true));
    }
  }

  private String end(boolean last) {
    return last ? pieces.last() : pieces.fork();
  }

  private void addLeftOut(List<Branch> steps, Kind kind, String start) {
    StepNode.Sums sums = StepNode.Sums.NONE;
    for (Branch step : steps) {
      sums = sums.plus(step.sums());
    }
    boolean one = steps.size() == 1;
    String name = one ? nameOf(steps.get(0)) : "… %,d more %s".formatted(steps.size(), kind.name());
    rows.add(new TreeRow(start, name, kind.models(), sums, !one));
  }
}
