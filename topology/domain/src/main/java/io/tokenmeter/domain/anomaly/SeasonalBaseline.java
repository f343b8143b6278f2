package io.tokenmeter.domain.anomaly;

/**
 * What an hour of a subject is expected to cost: the median of the same hour on days of the same
 * kind in the last seven days, drawn towards the subject's level times the week's shape of its
 * group as far as the subject's own hours say little.
 *
 * <p>The weights are those of empirical Bayes: each side counts by the inverse of its variance.
 */
final class SeasonalBaseline {
  /** Variance of a median over that of a mean, normal distribution. */
  private static final double MEDIAN_COST = Math.PI / 2;

  /** Relative variance of an hour from which on the mean counts for more than the median. */
  private static final double IRREGULAR = 0.5;

  /** Standard deviations by which an hour may differ from the same one a week ago. */
  private static final double SURPRISE = 2;

  /** Hours that the group's level counts for. */
  private static final double BORROWED_HOURS = 0.1;

  private final HourlyHistory history;
  private final GroupState group;
  private final Spread spread;
  private final double costOfRequest;
  private final double[] shape;

  /**
   * The baseline at one moment.
   *
   * @param spread of the subject's spend
   * @param costOfRequest dollars a request, usually; 0 where not known
   */
  SeasonalBaseline(HourlyHistory history, GroupState group, Spread spread, double costOfRequest) {
    this.history = history;
    this.group = group;
    this.spread = spread;
    this.costOfRequest = costOfRequest;
    shape = group.shape().relatives();
  }

  /** Dollars an average hour of the week is expected to cost. */
  double level() {
    double dollars = group.typicalLevel() * BORROWED_HOURS;
    double hours = BORROWED_HOURS;
    long now = history.hour();
    for (long hour = now - history.known(); hour < now; hour++) {
      dollars += history.at(hour);
      hours += shape[HourOfWeek.slot(hour)];
    }
    return dollars / hours;
  }

  /** Dollars an hour is expected to cost, given the level. */
  double expected(long hour, double level) {
    double borrowed = level * shape[HourOfWeek.slot(hour)];
    double[] same = sameHours(hour);
    if (same.length == 0 || level <= 0) {
      return borrowed;
    }
    double spreadOfHour = hourVariance(borrowed);
    double own = location(same, spreadOfHour);
    double variance = MEDIAN_COST * spreadOfHour / same.length;
    double shapes = group.shapeVariance();
    double weight = shapes / (shapes + variance);
    return weight * own + (1 - weight) * borrowed;
  }

  /**
   * Dollars by which what is expected of an hour may be wrong because it cannot be known what kind
   * of hour it is: it was never seen, or the same hour a week ago was far from its like. Where
   * people live west of Greenwich, Friday evening is work, and east of it weekend.
   */
  double doubt(long hour, double level) {
    double expected = expected(hour, level);
    if (sameHours(hour).length == 0) {
      return expected * Math.sqrt(group.shapeVariance());
    }
    long lastWeek = hour - HourlyHistory.HOURS;
    if (history.known() < HourlyHistory.HOURS || lastWeek < history.hour() - HourlyHistory.HOURS) {
      return 0;
    }
    double then = smoothed(lastWeek, history.hour() - history.known(), history.hour());
    double deviation = Math.sqrt(hourVariance(Math.max(expected, then)));
    double surprise = Math.abs(then - expected);
    return Math.max(0, surprise - SURPRISE * deviation * Math.max(expected, then));
  }

  /**
   * Relative variance of the level itself, large while little was seen.
   *
   * @param level dollars of an average hour
   */
  double uncertainty(double level) {
    double hours = history.known();
    double prior = group.levelVariance();
    if (hours < 1 || level <= 0) {
      return prior + group.shapeVariance();
    }
    double requestsADay = costOfRequest > 0 ? 24 * level / costOfRequest : 1;
    double days = Math.max(1, hours / 24);
    double partOfDay = Math.max(0, 1 - hours / 24) * group.shapeVariance();
    double own = spread.variance(requestsADay, 1440, group.spend()).sum() / days + partOfDay;
    return 1 / (1 / prior + 1 / own);
  }

  private double hourVariance(double dollars) {
    double requests = costOfRequest > 0 ? dollars / costOfRequest : 1;
    return spread.variance(Math.max(requests, 1e-6), 60, group.spend()).sum();
  }

  /**
   * The median, and towards the mean as far as spend is so irregular that most hours have little of
   * it: the median of rare jobs is nothing.
   */
  private static double location(double[] values, double variance) {
    double median = RobustScale.median(values);
    double mean = java.util.Arrays.stream(values).average().orElse(median);
    return median + (mean - median) * variance / (variance + IRREGULAR);
  }

  /** Dollars of the same hour of day on days of the same kind, smoothed with their neighbours. */
  private double[] sameHours(long hour) {
    double[] found = new double[7];
    int count = 0;
    long now = history.hour();
    long oldest = now - history.known();
    for (int days = 1; days <= 7; days++) {
      long past = hour - 24L * days;
      if (past >= oldest
          && past < now
          && HourOfWeek.isWeekend(past) == HourOfWeek.isWeekend(hour)) {
        found[count++] = smoothed(past, oldest, now);
      }
    }
    return java.util.Arrays.copyOf(found, count);
  }

  private double smoothed(long hour, long oldest, long now) {
    double here = history.at(hour);
    double before = hour > oldest ? history.at(hour - 1) : here;
    double after = hour + 1 < now ? history.at(hour + 1) : here;
    return (before + 2 * here + after) / 4;
  }
}
