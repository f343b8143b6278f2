package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.alert.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All budgets. Immutable. */
public final class Budgets {
  private final long version;
  private final Map<String, Budget> byId = new HashMap<>();
  private final Map<Subject, List<Budget>> bySubject = new HashMap<>();

  private Budgets(Collection<Budget> budgets, long version) {
    this.version = version;
    for (Budget budget : budgets) {
      byId.put(budget.id(), budget);
      bySubject.computeIfAbsent(budget.subject(), any -> new ArrayList<>()).add(budget);
    }
  }

  /**
   * All budgets.
   *
   * @param budgets with different ids
   * @param version another one than that of all budgets before
   */
  public static Budgets of(Collection<Budget> budgets, long version) {
    return new Budgets(budgets, version);
  }

  /** A number that differs where the budgets may. */
  public long version() {
    return version;
  }

  /** All budgets, in no order. */
  public Collection<Budget> all() {
    return byId.values();
  }

  /** The budget of an id. */
  public @Nullable Budget byId(String id) {
    return byId.get(id);
  }

  /** The budgets of a subject; mostly none. */
  public List<Budget> of(Subject subject) {
    return bySubject.getOrDefault(subject, List.of());
  }
}
