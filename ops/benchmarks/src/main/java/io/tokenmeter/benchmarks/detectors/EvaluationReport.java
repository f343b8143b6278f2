package io.tokenmeter.benchmarks.detectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tokenmeter.benchmarks.detectors.spend.FaultType;
import io.tokenmeter.benchmarks.detectors.spend.ScenarioSize;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The outcome of an evaluation, as a table or as JSON. */
public final class EvaluationReport {
  private static final int FIRST_COLUMN = 36;
  private static final int COLUMN = 18;

  private final ScenarioSize size;
  private final List<Long> seeds;
  private final Map<String, Scorecard> cards;

  EvaluationReport(ScenarioSize size, List<Long> seeds, Map<String, Scorecard> cards) {
    this.size = size;
    this.seeds = List.copyOf(seeds);
    this.cards = new LinkedHashMap<>(cards);
  }

  /** By the contenders' names. */
  public Map<String, Scorecard> cards() {
    return cards;
  }

  /** A table with a column for each contender. */
  public String toText() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Seeds %d to %d: %d keys, %d days to learn from, then %d days with faults"
            .formatted(
                seeds.get(0),
                seeds.get(seeds.size() - 1),
                size.keys(),
                size.historyDays(),
                size.testDays()));
    lines.add("");
    lines.add(row("", cards.keySet().stream().toList()));
    figures().forEach((name, figure) -> lines.add(row(name, cells(figure))));
    lines.add("");
    lines.add("Recall, and median time to detect");
    for (FaultType type : FaultType.values()) {
      String name = type.label() + " (" + faults(type) + ")";
      lines.add(row("  " + name, cells(card -> ofType(card, type))));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static Map<String, Function<Scorecard, String>> figures() {
    Map<String, Function<Scorecard, String>> figures = new LinkedHashMap<>();
    figures.put("recall", card -> share(card.recall()));
    figures.put("precision", card -> share(card.precision()));
    figures.put("  repetitions not held against", card -> share(card.plainPrecision()));
    figures.put(
        "false alerts per subject-week",
        card -> String.format(Locale.ROOT, "%.4f", card.falseAlertsPerSubjectWeek()));
    figures.put(
        "time to detect, step faults, median",
        card -> time(card.secondsToDetect(FaultType::isStep, 0.5)));
    figures.put("  95 %", card -> time(card.secondsToDetect(FaultType::isStep, 0.95)));
    figures.put(
        "time to detect, other faults, median",
        card -> time(card.secondsToDetect(type -> !type.isStep(), 0.5)));
    figures.put("alerts", card -> String.valueOf(card.alerts()));
    figures.put("  first to name a fault", card -> String.valueOf(card.useful()));
    figures.put("  repeated", card -> String.valueOf(card.repeated()));
    figures.put("  for nothing", card -> String.valueOf(card.wrong()));
    return figures;
  }

  private static String ofType(Scorecard card, FaultType type) {
    return share(card.recall(type)) + "  " + time(card.secondsToDetect(type::equals, 0.5));
  }

  private int faults(FaultType type) {
    return cards.values().iterator().next().faults(type);
  }

  private List<String> cells(Function<Scorecard, String> figure) {
    return cards.values().stream().map(figure).toList();
  }

  private static String row(String name, List<String> cells) {
    StringBuilder row =
        new StringBuilder(String.format(Locale.ROOT, "%-" + FIRST_COLUMN + "s", name));
    cells.forEach(cell -> row.append(String.format(Locale.ROOT, "%" + COLUMN + "s", cell)));
    return row.toString().stripTrailing();
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }

  /** Hours, minutes and seconds. */
  private static String time(double seconds) {
    if (Double.isNaN(seconds)) {
      return "-";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** One JSON object; times are seconds, and null where nothing was detected. */
  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seeds", seeds);
    json.put("keys", size.keys());
    json.put("history_days", size.historyDays());
    json.put("test_days", size.testDays());
    Map<String, Object> byName = new LinkedHashMap<>();
    cards.forEach((name, card) -> byName.put(name, toJson(card)));
    json.put("contenders", byName);
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> toJson(Scorecard card) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("recall", rounded(card.recall()));
    json.put("precision", rounded(card.precision()));
    json.put("plain_precision", rounded(card.plainPrecision()));
    json.put("false_alerts_per_subject_week", rounded(card.falseAlertsPerSubjectWeek()));
    json.put("subject_weeks", rounded(card.subjectWeeks()));
    json.put("step_faults_median_seconds", rounded(card.secondsToDetect(FaultType::isStep, 0.5)));
    json.put("step_faults_p95_seconds", rounded(card.secondsToDetect(FaultType::isStep, 0.95)));
    json.put("alerts", card.alerts());
    json.put("useful", card.useful());
    json.put("repeated", card.repeated());
    json.put("wrong", card.wrong());
    Map<String, Object> types = new LinkedHashMap<>();
    for (FaultType type : FaultType.values()) {
      Map<String, Object> ofType = new LinkedHashMap<>();
      ofType.put("faults", card.faults(type));
      ofType.put("recall", rounded(card.recall(type)));
      ofType.put("median_seconds", rounded(card.secondsToDetect(type::equals, 0.5)));
      types.put(type.name().toLowerCase(Locale.ROOT), ofType);
    }
    json.put("fault_types", types);
    return json;
  }

  private static @Nullable Double rounded(double value) {
    return Double.isNaN(value) ? null : Math.round(value * 1e4) / 1e4;
  }
}
