package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.FindingCodec;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPolicy;
import io.tokenmeter.domain.budget.BudgetState;
import io.tokenmeter.domain.budget.BudgetWatch;
import io.tokenmeter.domain.budget.Budgets;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.policy.PolicyLookup;
import io.tokenmeter.streams.rollup.ChangedUsage;
import io.tokenmeter.streams.rollup.RollUp;
import io.tokenmeter.streams.rollup.RolledUpSpend;
import io.tokenmeter.streams.rollup.RollupBundle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Tells when budgets are spent, or going to be.
 *
 * <p>A budget is watched by the task that rolls its subject up. What was spent before it was
 * published is read from the windows once; from then on each difference is added to its own state,
 * which is written in the transaction of the roll-ups' write-back. Budgets and policies that change
 * are noticed within a second, also where nothing is used.
 */
public final class WatchBudgets implements Processor<byte[], ChangedUsage, byte[], byte[]> {
  /** Name of the stage. */
  public static final String NAME = "watch-budgets";

  private static final String STORE = "watch-budgets-states";
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  /** Usage may be dated ahead; it is in the windows already. */
  private static final Duration AHEAD = Duration.ofDays(2);

  /**
   * What the stage is told.
   *
   * @param budgets gives all budgets as they are now
   * @param policies gives all policies as they are now
   * @param calendar the one by which the roll-ups' windows begin
   * @param partitions of the roll-ups
   */
  public record Surroundings(
      Supplier<Budgets> budgets,
      Supplier<DetectorPolicies> policies,
      WindowCalendar calendar,
      int partitions) {}

  private final Surroundings surroundings;
  private final Meters meters;
  private final PolicyLookup<BudgetPolicy> policies;
  private final Map<String, BudgetState> states = new TreeMap<>();
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> store;
  private RolledUpSpend spend;
  private long nowMicros;
  private long seenBudgets;
  private long seenPolicies;

  @SuppressWarnings("NullAway.Init")
  private WatchBudgets(Surroundings surroundings, Meters meters) {
    this.surroundings = surroundings;
    this.meters = meters;
    policies = new PolicyLookup<>(surroundings.policies(), PolicyDefinitions.BUDGET);
  }

  /** The stage; it must be connected to {@link RollUp#WINDOWS} as well. */
  public static ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> supplier(
      Surroundings surroundings, Meters meters) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], ChangedUsage, byte[], byte[]> get() {
        return new WatchBudgets(surroundings, meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(SubjectStage.builder(STORE));
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    store = processorContext.getStateStore(STORE);
    spend =
        new RolledUpSpend(processorContext.getStateStore(RollUp.WINDOWS), surroundings.calendar());
    // A task that failed is set up again with the same processor.
    nowMicros = Long.MIN_VALUE;
    seenBudgets = Long.MIN_VALUE;
    seenPolicies = Long.MIN_VALUE;
    states.clear();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(
          entry ->
              states.put(
                  new String(entry.key.get(), StandardCharsets.UTF_8),
                  BudgetState.decode(entry.value)));
    }
    processorContext.schedule(
        LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> lookIfChanged());
  }

  @Override
  public void process(Record<byte[], ChangedUsage> record) {
    ChangedUsage changed = record.value();
    // Time that is ahead of the clock is the mistake of some producer.
    long wallMicros = Math.multiplyExact(context.currentSystemTimeMs(), 1000L);
    nowMicros = Math.max(nowMicros, Math.min(changed.nowMicros(), wallMicros));
    Budgets budgets = surroundings.budgets().get();
    Set<String> begun = follow(budgets);
    for (ChangedUsage.OfSubject added : changed.subjects()) {
      for (Budget budget : budgets.of(added.subject())) {
        if (!begun.contains(budget.id())) { // else the windows that it was read from have it
          add(budget, added.minutes());
        }
      }
    }
    changed.restated().forEach(corrected -> restate(budgets, corrected, begun));
    judgeAll(budgets);
  }

  /**
   * A correction counts in the running period, and for its forecast. What it makes of periods that
   * are over is not judged again.
   */
  private void restate(Budgets budgets, ChangedUsage.OfSubject corrected, Set<String> begun) {
    for (Budget budget : budgets.of(corrected.subject())) {
      BudgetState state = states.get(budget.id());
      if (state != null && !begun.contains(budget.id())) {
        corrected.minutes().forEach(minute -> state.add(minute.minute(), minute.total().cost()));
      }
    }
  }

  private void lookIfChanged() {
    Budgets budgets = surroundings.budgets().get();
    long policiesNow = surroundings.policies().get().version();
    boolean changed = budgets.version() != seenBudgets || policiesNow != seenPolicies;
    if (changed && nowMicros != Long.MIN_VALUE) {
      follow(budgets);
      judgeAll(budgets);
    }
  }

  /** Lets go of budgets that were removed, and begins those that are new; returns these. */
  private Set<String> follow(Budgets budgets) {
    Set<String> begun = new HashSet<>();
    if (budgets.version() == seenBudgets) {
      return begun;
    }
    seenBudgets = budgets.version();
    for (String id : List.copyOf(states.keySet())) {
      Budget budget = budgets.byId(id);
      BudgetState state = states.get(id);
      if (state != null && (budget == null || !state.isOf(budget))) {
        BudgetWatch.end(state, nowMicros).forEach(this::emit);
        states.remove(id);
        store.delete(key(id));
      }
    }
    for (Budget budget : budgets.all()) {
      if (isMine(budget.subject()) && !states.containsKey(budget.id())) {
        states.put(budget.id(), begin(budget));
        begun.add(budget.id());
      }
    }
    return begun;
  }

  private boolean isMine(Subject subject) {
    byte[] key = subject.key().getBytes(StandardCharsets.UTF_8);
    return RollupBundle.partition(
            Dimension.parse(subject.dimension()).first(), key, surroundings.partitions())
        == context.taskId().partition();
  }

  private BudgetState begin(Budget budget) {
    BudgetState state = BudgetState.of(budget);
    long until = WindowCalendar.minuteOf(nowMicros) + AHEAD.toMinutes();
    for (long at = state.historyStart(nowMicros); at < until; ) {
      long end = state.bucketEnd(at);
      state.add(at, spend.between(budget.subject(), at, end));
      at = end;
    }
    return state;
  }

  /** Judged minute by minute, so that a replay of a year sees each period begin and end. */
  private void add(Budget budget, List<ChangedUsage.OfMinute> minutes) {
    BudgetState state = states.get(budget.id());
    if (state == null) {
      return; // not in this task: a subject whose key moved with the number of partitions
    }
    for (ChangedUsage.OfMinute minute : minutes) {
      state.add(minute.minute(), minute.total().cost());
      long lastOfMinute = WindowCalendar.micros(minute.minute() + 1) - 1;
      judge(budget, state, Math.min(nowMicros, lastOfMinute));
    }
  }

  private void judgeAll(Budgets budgets) {
    seenPolicies = surroundings.policies().get().version();
    states.forEach(
        (id, state) -> {
          Budget budget = budgets.byId(id);
          if (budget != null) {
            judge(budget, state, nowMicros);
          }
          if (state.takeChanged()) {
            store.put(key(id), state.encode());
          }
        });
  }

  private void judge(Budget budget, BudgetState state, long atMicros) {
    BudgetWatch.judge(budget, state, policies.of(budget.subject()), atMicros).forEach(this::emit);
  }

  private void emit(Finding finding) {
    meters.finding(finding.detector());
    byte[] key = SubjectKey.of(finding.subject()).get();
    context.forward(new Record<>(key, FindingCodec.encode(finding), context.currentSystemTimeMs()));
  }

  private static Bytes key(String id) {
    return Bytes.wrap(id.getBytes(StandardCharsets.UTF_8));
  }
}
