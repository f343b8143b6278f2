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
   * @param progress takes one line after each scenario
   */
  public Evaluation(ScenarioSize size, Consumer<String> progress) {
    this.size = size;
    this.progress = progress;
  }

  /** Evaluates on the scenarios of some seeds. */
  public EvaluationReport run(List<Long> seeds) {
    Map<String, Scorecard> cards = new LinkedHashMap<>();
    for (long seed : seeds) {
      Scenario scenario = Scenario.of(seed, size);
      evaluate(scenario, cards);
      progress.accept("scenario " + seed + ": " + scenario.faults().size() + " faults");
    }
    return new EvaluationReport(size, seeds, cards);
  }

  private void evaluate(Scenario scenario, Map<String, Scorecard> cards) {
    List<Entrant> entrants = entrants(scenario.testFromMicros());
    for (Iterator<Tick> ticks = scenario.ticks(); ticks.hasNext(); ) {
      SubjectTick tick = SubjectTick.of(ticks.next());
      entrants.forEach(
          entrant -> entrant.log.take(entrant.contender.watch(tick), tick.nowMicros()));
    }
    double subjectWeeks = scenario.subjects().size() * size.testDays() / DAYS_PER_WEEK;
    for (Entrant entrant : entrants) {
      Verdict verdict = Judge.verdict(scenario.faults(), entrant.log.alerts());
      cards
          .computeIfAbsent(entrant.name, unused -> new Scorecard())
          .add(scenario.faults(), verdict, subjectWeeks);
    }
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
