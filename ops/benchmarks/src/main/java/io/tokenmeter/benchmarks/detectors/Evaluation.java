package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.benchmarks.detectors.spend.Scenario;
import io.tokenmeter.benchmarks.detectors.spend.ScenarioSize;
import io.tokenmeter.benchmarks.detectors.spend.Tick;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the detectors and two simpler rules over the same scenarios. */
public final class Evaluation {
  /** Name of Tokenmeter's detectors in reports. */
  public static final String TOKENMETER = "tokenmeter";

  /** Name of the rule of two standard deviations in reports. */
  public static final String TWO_STANDARD_DEVIATIONS = "mean ± 2 sd";

  /** Name of the fixed limits in reports. */
  public static final String STATIC_THRESHOLD = "static threshold";

  private static final double DAYS_PER_WEEK = 7;

  private final ScenarioSize size;
  private final Consumer<String> progress;

  /**
   * An evaluation.
   *
   * @param progress takes one line after each scenario, in the order of their seeds
   */
  public Evaluation(ScenarioSize size, Consumer<String> progress) {
    this.size = size;
    this.progress = progress;
  }

  /** Evaluates on the scenarios of some seeds, on as many cores as there are. */
  public EvaluationReport run(List<Long> seeds) {
    Map<String, Scorecard> cards = new LinkedHashMap<>();
    seeds.parallelStream().map(this::evaluate).forEachOrdered(outcome -> add(outcome, cards));
    return new EvaluationReport(size, seeds, cards);
  }

  private record Outcome(long seed, Scenario scenario, Map<String, Verdict> verdicts) {}

  private Outcome evaluate(long seed) {
    Scenario scenario = Scenario.of(seed, size);
    List<Entrant> entrants = entrants(scenario.testFromMicros());
    for (Iterator<Tick> ticks = scenario.ticks(); ticks.hasNext(); ) {
      SubjectTick tick = SubjectTick.of(ticks.next());
      entrants.forEach(
          entrant -> entrant.log.take(entrant.contender.watch(tick), tick.nowMicros()));
    }
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    for (Entrant entrant : entrants) {
      verdicts.put(entrant.name, Judge.verdict(scenario.faults(), entrant.log.alerts()));
    }
    return new Outcome(seed, scenario, verdicts);
  }

  private void add(Outcome outcome, Map<String, Scorecard> cards) {
    Scenario scenario = outcome.scenario;
    double subjectWeeks = scenario.subjects().size() * size.testDays() / DAYS_PER_WEEK;
    outcome.verdicts.forEach(
        (name, verdict) ->
            cards
                .computeIfAbsent(name, unused -> new Scorecard())
                .add(scenario.faults(), verdict, subjectWeeks));
    progress.accept("scenario " + outcome.seed + ": " + scenario.faults().size() + " faults");
  }

  private List<Entrant> entrants(long countFromMicros) {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    contenders.put(TOKENMETER, new TokenmeterDetectors());
    contenders.put(TWO_STANDARD_DEVIATIONS, HourlyRule.twoStandardDeviations());
    contenders.put(STATIC_THRESHOLD, HourlyRule.staticThreshold(size.historyDays()));
    List<Entrant> entrants = new ArrayList<>();
    contenders.forEach(
        (name, contender) ->
            entrants.add(new Entrant(name, contender, new AlertLog(countFromMicros))));
    return entrants;
  }

  private record Entrant(String name, Contender contender, AlertLog log) {}
}
