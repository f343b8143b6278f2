package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run's steps by name: of models, of steps or of agents.
 *
 * <p>The first names to come, up to the bound, have totals of their own, which are whole; all
 * others are one remainder. So everything adds up, and no name is shown with less than it has. The
 * names do not depend on the order of the steps as long as there are no more of them than the
 * bound.
 */
public final class Breakdown {
  /** Longest name, characters; longer ones are cut, and are one where they begin alike. */
  static final int NAME_LENGTH = 64;

  /**
   * One name's part.
   *
   * @param name the name, empty for steps that carry none; null for the remainder
   */
  public record Part(@Nullable String name, StepTotals totals) {}

  private static final Comparator<Part> DEAREST_FIRST =
      Comparator.<Part, Money>comparing(part -> part.totals().cost())
          .reversed()
          .thenComparing(part -> -part.totals().steps())
          .thenComparing(part -> part.name() == null ? "" : part.name());

  private final int bound;
  private final Map<String, StepTotals> byName = new LinkedHashMap<>(4);
  private @Nullable StepTotals rest;

  Breakdown(int bound) {
    this.bound = bound;
  }

  void add(@Nullable String name, RunStep step) {
    totals(name == null ? "" : ShortText.of(name, NAME_LENGTH)).add(step);
  }

  private StepTotals totals(String name) {
    StepTotals totals = byName.get(name);
    if (totals == null && byName.size() < bound) {
      totals = new StepTotals();
      byName.put(name, totals);
    } else if (totals == null) {
      totals = rest == null ? new StepTotals() : rest;
      rest = totals;
    }
    return totals;
  }

  /** The parts, the dearest first, and the remainder last. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>(byName.size() + 1);
    byName.forEach((name, totals) -> parts.add(new Part(name, totals)));
    parts.sort(DEAREST_FIRST);
    if (rest != null) {
      parts.add(new Part(null, rest));
    }
    return parts;
  }

  void encode(StateWriter out) {
    out.number(byName.size());
    byName.forEach(
        (name, totals) -> {
          out.text(name);
          totals.encode(out);
        });
    out.flag(rest != null);
    if (rest != null) {
      rest.encode(out);
    }
  }

  static Breakdown decode(int bound, StateReader in) {
    Breakdown breakdown = new Breakdown(bound);
    for (int left = in.count(); left > 0; left--) {
      breakdown.byName.put(in.requiredText(), StepTotals.decode(in));
    }
    if (in.flag()) {
      breakdown.rest = StepTotals.decode(in);
    }
    return breakdown;
  }
}
