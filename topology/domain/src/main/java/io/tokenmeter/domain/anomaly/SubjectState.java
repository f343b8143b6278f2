package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.drivers.Dollars;
import io.tokenmeter.domain.rollup.UsageSums;
import io.tokenmeter.domain.rollup.WindowCalendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one subject: its last seven days by the hour, its last day in finer and
 * finer buckets towards now, how much it varies, and the causes that are open. A few kilobytes at
 * most, however old or busy the subject is. Not thread-safe.
 */
public final class SubjectState {
  private static final int VERSION = 4;
  private static final long FORGOTTEN_MINUTES = 7 * 1440;

  private static final long YOUNG_MINUTES = 60;

  /** How far what happens every day may be off its time. */
  private static final double TIMING_HOURS = 0.5;

  /** Earlier than any time, yet far enough from overflow. */
  private static final long NO_TIME = Long.MIN_VALUE / 4;

  RecentUsage recent = new RecentUsage();
  HourlyHistory history = new HourlyHistory();
  HourRates rates = new HourRates(0, 0, 0);
  HourProfile profile = new HourProfile();
  final Spread spend = new Spread(Spread.Model.SPEND);
  final Spread volume = new Spread(Spread.Model.VOLUME);
  final Spread unitCost = new Spread(Spread.Model.UNIT_COST);
  final Spread modelCost = new Spread(Spread.Model.MODEL_COST);
  final Spread tokenCost = new Spread(Spread.Model.TOKEN_COST);
  ModelSlots models = new ModelSlots();
  UsualUsage usual = new UsualUsage();
  Regularity regularity = new Regularity();
  CauseState up = new CauseState();
  CauseState down = new CauseState();

  /**
   * Relative variance of the expected spend itself: large for a subject of which little was seen.
   */
  float uncertainty;

  /** Causes that were opened lately; one of a week ago counts for a third. */
  float alarms;

  /** Dollars by which what is expected of the hour that runs may be wrong. */
  float doubt;

  /** The part of that which is due to hours that miss what is expected of them, for no reason. */
  float irregularity;

  /** Whether hours are remembered as they were, flagged or not, as the classic rule has it. */
  boolean raw;

  /** How many times the former level the present one was when it was accepted; 0: never. */
  float acceptedRatio;

  long acceptedAt = NO_TIME;
  long nowMicros = NO_TIME;
  long nextLookMicros = Long.MAX_VALUE;

  /** A subject that was never seen. */
  public SubjectState() {}

  /** Whether a cause has begun and not ended. */
  public boolean isOpen() {
    return up.isOpen() || down.isOpen();
  }

  /**
   * When the subject must be judged even if nothing new is added to it, event time, microseconds
   * since the epoch, because its silence or its end would then show; {@link Long#MAX_VALUE}: never.
   */
  public long nextLookMicros() {
    return nextLookMicros;
  }

  /** The compact form. */
  public byte[] encode() {
    StateWriter out = new StateWriter();
    out.whole(VERSION);
    recent.write(out);
    history.write(out);
    rates.write(out);
    profile.write(out);
    spend.write(out);
    volume.write(out);
    unitCost.write(out);
    modelCost.write(out);
    tokenCost.write(out);
    models.write(out);
    usual.write(out);
    regularity.write(out);
    up.write(out);
    down.write(out);
    out.real(alarms);
    out.real(doubt);
    out.real(irregularity);
    out.real(uncertainty);
    out.whole(raw ? 1 : 0);
    out.real(acceptedRatio);
    out.whole(acceptedAt);
    out.whole(nowMicros);
    out.whole(nextLookMicros);
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static SubjectState decode(byte[] bytes) {
    return StateReader.read(bytes, VERSION, SubjectState::read);
  }

  private static SubjectState read(StateReader in) {
    SubjectState state = new SubjectState();
    state.recent = RecentUsage.read(in);
    state.history = HourlyHistory.read(in);
    state.rates = HourRates.read(in);
    state.profile = HourProfile.read(in);
    state.spend.read(in);
    state.volume.read(in);
    state.unitCost.read(in);
    state.modelCost.read(in);
    state.tokenCost.read(in);
    state.models = ModelSlots.read(in);
    state.usual = UsualUsage.read(in);
    state.regularity = Regularity.read(in);
    state.up = CauseState.read(in);
    state.down = CauseState.read(in);
    state.alarms = in.real();
    state.doubt = in.real();
    state.irregularity = in.real();
    state.uncertainty = in.real();
    state.raw = in.count(1) == 1;
    state.acceptedRatio = in.real();
    state.acceptedAt = in.whole();
    state.nowMicros = in.whole();
    state.nextLookMicros = in.whole();
    return state;
  }

  /** Adds usage of a minute that is not after the one that runs. */
  void add(long minute, UsageSums sums, @Nullable String model) {
    UsageBucket bucket = recent.at(minute);
    int slot = models.slot(model);
    bucket.add(slot, sums);
    bucket.tokensUsually += (float) usual.costOfTokens(slot, sums);
    bucket.requestsUsually += (float) usual.costOfRequests(slot, sums);
    double dollars = Dollars.of(sums.cost());
    long priced = sums.requests() - sums.unpricedRequests();
    double usualOnes = Math.max(0, priced - 1) * usual.costOfRequest();
    bucket.dearest = (float) Math.max(bucket.dearest, Math.min(dollars, dollars - usualOnes));
    history.add(Math.floorDiv(minute, 60L), dollars);
  }

  /** Lets time pass until a minute, unless it has. */
  void advance(long minute, GroupState group) {
    if (recent.isEmpty() || minute - recent.running().start > FORGOTTEN_MINUTES) {
      begin(minute, group);
      return;
    }
    UsageBucket running = recent.running();
    if (minute <= running.start) {
      return;
    }
    running.expected = expected().dollars(running.start, 1);
    running.doubt = expected().doubt(running.start, 1);
    Learning learning = new Learning(this, group);
    while (minute >= 60 * (history.hour() + 1)) {
      recent.fill(60 * (history.hour() + 1), minute, expected(), learning);
      closeHour(group);
    }
    recent.fill(minute, minute, expected(), learning);
    recent.run(learning);
    recent.running().flag = flag();
  }

  private UsageBucket.Flag flag() {
    if (!isOpen()) {
      return UsageBucket.Flag.NONE;
    }
    long since = Math.max(up.since, down.since);
    boolean young = recent.running().start - WindowCalendar.minuteOf(since) < YOUNG_MINUTES;
    return young ? UsageBucket.Flag.YOUNG : UsageBucket.Flag.LASTING;
  }

  /** What is expected of the hour that runs. */
  ExpectedSpend expected() {
    return new ExpectedSpend(rates, doubt, profile);
  }

  /** Dollars of a request, usually: of its history, else of what was seen so far. 0: unknown. */
  double costOfRequest() {
    double usually = usual.costOfRequest();
    if (usually > 0) {
      return usually;
    }
    double dollars = 0;
    double requests = 0;
    for (UsageBucket bucket : recent.buckets()) {
      dollars += bucket.dollars();
      requests += bucket.requests();
    }
    return requests > 0 ? dollars / requests : 0;
  }

  /** Works out anew what is expected of this hour and its neighbours. */
  void expect(GroupState group) {
    SeasonalBaseline baseline = new SeasonalBaseline(history, group, spend, costOfRequest());
    double level = baseline.level();
    long hour = history.hour();
    rates =
        new HourRates(
            (float) baseline.expected(hour - 1, level),
            (float) baseline.expected(hour, level),
            (float) baseline.expected(hour + 1, level));
    irregularity = (float) regularity.doubt(level);
    doubt = (float) (baseline.doubt(hour, level) + TIMING_HOURS * rates.steepest() + irregularity);
    uncertainty = (float) baseline.uncertainty(level);
  }

  private void begin(long minute, GroupState group) {
    recent.begin(minute);
    history = HourlyHistory.from(minute);
    usual.clear();
    expect(group);
  }

  private void closeHour(GroupState group) {
    double seen = history.running();
    double level = new SeasonalBaseline(history, group, spend, costOfRequest()).level();
    if (!isOpen() && history.known() >= 24 && level > 0) {
      double variance = variance(level, 60, group).sum();
      group.learn(HourOfWeek.slot(history.hour()), seen, level, variance);
    }
    history.close(raw ? seen : kept(seen, level, group));
    if (uncertainty < Learning.CERTAIN) {
      regularity.learnHour(seen, rates.whole());
    }
    alarms *= 1 - 1f / HourlyHistory.HOURS;
    profile.closeHour(variance(level / 60, 1, group).sum());
    usual.makeRoom(models, recent);
    expect(group);
  }

  /** What the baseline remembers of an hour: never more than three deviations above. */
  private double kept(double seen, double level, GroupState group) {
    if (history.known() < HourlyHistory.HOURS) {
      return seen;
    }
    double least = Math.max(rates.whole(), level);
    double variance = variance(least, 60, group).sum() + uncertainty;
    return Math.min(seen, least * (1 + 3 * Math.sqrt(variance)));
  }

  /** Relative variance of spend of which so many dollars are expected, the level being known. */
  Variance variance(double dollars, double minutes, GroupState group) {
    double oneRequest = costOfRequest();
    double requests = oneRequest > 0 ? Math.max(1e-3, dollars / oneRequest) : 1e-3;
    return spend.variance(requests, minutes, group.spend());
  }

  /** The buckets, the oldest first; the last is the minute that runs. */
  List<UsageBucket> buckets() {
    return recent.buckets();
  }
}
