package io.tokenmeter.domain.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
  /**
   * One name's part.
   *
   * @param name the name, empty for steps that carry none; null for the remainder
   */
  public record Part(@Nullable String name, StepTotals totals) {}

  private final int bound;

  /** In the order in which they came; searched one after the other, as they are few. */
  private String[] names = new String[4];

  private StepTotals[] totals = new StepTotals[4];
  private int size;
  private @Nullable StepTotals rest;

  Breakdown(int bound) {
    this.bound = bound;
  }

  void add(@Nullable String name, RunStep step) {
    totals(name == null ? "" : ShortText.of(name, PackedStep.NAME_LENGTH)).add(step);
  }

  private StepTotals totals(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return totals[i];
      }
    }
    if (size < bound) {
      return put(name, new StepTotals());
    }
    rest = rest == null ? new StepTotals() : rest;
    return rest;
  }

  private StepTotals put(String name, StepTotals added) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      totals = Arrays.copyOf(totals, 2 * size);
    }
    names[size] = name;
    totals[size++] = added;
    return added;
  }

  /** The parts, the dearest first, and the remainder last. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>(size + 1);
    for (int i = 0; i < size; i++) {
      parts.add(new Part(names[i], totals[i]));
    }
    parts.sort(Breakdown::dearestFirst);
    if (rest != null) {
      parts.add(new Part(null, rest));
    }
    return parts;
  }

  private static int dearestFirst(Part one, Part other) {
    int byCost = other.totals().compareCost(one.totals());
    if (byCost != 0) {
      return byCost;
    }
    int bySteps = Long.compare(other.totals().steps(), one.totals().steps());
    return bySteps != 0
        ? bySteps
        : Objects.requireNonNull(one.name()).compareTo(Objects.requireNonNull(other.name()));
  }

  void encode(StateWriter out) {
    out.number(size);
    for (int i = 0; i < size; i++) {
      out.text(names[i]);
      totals[i].encode(out);
    }
    out.flag(rest != null);
    if (rest != null) {
      rest.encode(out);
    }
  }

  static Breakdown decode(int bound, StateReader in) {
    Breakdown breakdown = new Breakdown(bound);
    for (int left = in.count(); left > 0; left--) {
      breakdown.put(in.requiredText(), StepTotals.decode(in));
    }
    if (in.flag()) {
      breakdown.rest = StepTotals.decode(in);
    }
    return breakdown;
  }
}
