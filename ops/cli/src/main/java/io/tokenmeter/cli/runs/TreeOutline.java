package io.tokenmeter.cli.runs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses what of a run's tree is shown in a number of lines.
 *
 * <p>Steps that each cause the next one are a list, not a staircase. Where a list is too long, its
 * dearest steps are shown in their order, and the others are a line for each kind: same name and
 * models.
 */
final class TreeOutline {
  private static final int[] SHOWN_PER_LIST = {60, 30, 20, 12, 8, 5, 3, 2, 1};
  private static final int[] LEVELS = {24, 8, 4, 2};
  private static final int KINDS = 3;

  /** Deeper trees would not fit a stack, nor a screen. */
  private static final int DEEPEST = 500;

  /** A step in a list, and the steps that are shown below it. */
  private record Item(StepNode node, List<StepNode> below) {}

  private record Kind(String name, String models) {}

  private final RunTree tree;
  private final Lines lines;
  private final List<TreeRow> rows = new ArrayList<>();
  private int shownPerList;
  private int levels;
  private int most;

  private TreeOutline(RunTree tree, Lines lines) {
    this.tree = tree;
    this.lines = lines;
  }

  /** The pieces that branches are drawn with; {@code next} is for a root that a root caused. */
  record Lines(String pass, String fork, String last, String blank, String next) {
    static Lines of(boolean unicode) {
      return unicode
          ? new Lines("│  ", "├─ ", "└─ ", "   ", "↓ ")
          : new Lines("|  ", "|- ", "`- ", "   ", "> ");
    }
  }

  /** The rows of a tree: all, if there are at most {@code bound}, else as many as fit. */
  static List<TreeRow> rows(RunTree tree, int bound, boolean unicode) {
    TreeOutline outline = new TreeOutline(tree, Lines.of(unicode));
    if (outline.fits(Integer.MAX_VALUE - 1, DEEPEST, bound)) {
      return outline.rows;
    }
    for (int levels : LEVELS) {
      for (int shown : SHOWN_PER_LIST) {
        if (outline.fits(shown, levels, bound)) {
          return outline.rows;
        }
      }
    }
    return outline.rows.subList(0, Math.min(bound, outline.rows.size()));
  }

  private boolean fits(int shown, int maxLevels, int bound) {
    rows.clear();
    shownPerList = shown;
    levels = maxLevels;
    most = bound;
    addList(tree.roots(), "", 1);
    return rows.size() <= bound;
  }

  private void addList(List<StepNode> siblings, String prefix, int level) {
    List<Item> items = items(siblings);
    Set<Item> shown = shown(items);
    List<Item> hidden = items.stream().filter(item -> !shown.contains(item)).toList();
    int left = shown.size();
    for (Item item : items) {
      if (rows.size() > most) {
        return; // it does not fit; the rest need not be looked at
      }
      if (shown.contains(item)) {
        left--;
        addItem(item, prefix, level, left == 0 && hidden.isEmpty());
      }
    }
    addHidden(hidden, prefix, level);
  }

  /** Steps in a row that each cause the next one are items of one list. */
  private static List<Item> items(List<StepNode> siblings) {
    List<Item> items = new ArrayList<>();
    if (siblings.size() > 1) {
      siblings.forEach(node -> items.add(new Item(node, node.children)));
      return items;
    }
    List<StepNode> next = siblings;
    while (next.size() == 1) {
      StepNode node = next.get(0);
      boolean goesOn = node.children.size() == 1 && !node.isSpan();
      items.add(new Item(node, goesOn ? List.of() : node.children));
      next = goesOn ? node.children : List.of();
    }
    return items;
  }

  private Set<Item> shown(List<Item> items) {
    if (items.size() <= shownPerList + 1) {
      return new HashSet<>(items);
    }
    return new HashSet<>(
        items.stream()
            .sorted(Comparator.comparing((Item item) -> sums(item).cost()).reversed())
            .limit(shownPerList)
            .toList());
  }

  private StepNode.Sums sums(Item item) {
    return item.below().isEmpty() ? item.node().own() : tree.below(item.node());
  }

  private void addItem(Item item, String prefix, int level, boolean last) {
    boolean root = level == 1;
    boolean cut = !item.below().isEmpty() && level >= levels;
    rows.add(
        new TreeRow(
            root ? rootBranch(item) : prefix + (last ? lines.last() : lines.fork()),
            item.node().name() + (cut ? " …" : ""),
            item.node().models(),
            sums(item),
            false));
    if (!item.below().isEmpty() && !cut) {
      addList(item.below(), root ? "" : prefix + (last ? lines.blank() : lines.pass()), level + 1);
    }
  }

  private String rootBranch(Item item) {
    return tree.roots().contains(item.node()) ? "" : lines.next();
  }

  private void addHidden(List<Item> hidden, String prefix, int level) {
    Map<Kind, List<Item>> kinds = new LinkedHashMap<>();
    hidden.stream()
        .sorted(Comparator.comparing((Item item) -> sums(item).cost()).reversed())
        .forEach(
            item ->
                kinds
                    .computeIfAbsent(
                        new Kind(item.node().name(), item.node().models()), k -> new ArrayList<>())
                    .add(item));
    List<Item> others = new ArrayList<>();
    int shownKinds = 0;
    int wanted = kinds.size() <= KINDS ? kinds.size() : KINDS - 1;
    for (Map.Entry<Kind, List<Item>> kind : kinds.entrySet()) {
      if (shownKinds++ < wanted) {
        boolean last = shownKinds == kinds.size();
        addLeftOut(kind.getValue(), kind.getKey(), prefix, level, last);
      } else {
        others.addAll(kind.getValue());
      }
    }
    if (!others.isEmpty()) {
      addLeftOut(others, new Kind("steps", ""), prefix, level, true);
    }
  }

  private void addLeftOut(List<Item> items, Kind kind, String prefix, int level, boolean last) {
    StepNode.Sums sums = StepNode.Sums.NONE;
    for (Item item : items) {
      sums = sums.plus(sums(item));
    }
    String branch = level == 1 ? "" : prefix + (last ? lines.last() : lines.fork());
    String name = "… %,d more %s".formatted(items.size(), kind.name());
    rows.add(new TreeRow(branch, name, kind.models(), sums, true));
  }
}
