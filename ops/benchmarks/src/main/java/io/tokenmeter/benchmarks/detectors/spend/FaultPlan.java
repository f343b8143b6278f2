package io.tokenmeter.benchmarks.detectors.spend;

import io.tokenmeter.benchmarks.workload.ModelPrice;
import io.tokenmeter.benchmarks.workload.PriceSheet;
import io.tokenmeter.domain.alert.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Places faults on keys that are busy enough for them to matter. A fault moves spend by {@value
 * #LEAST_DOLLARS} USD or more in all, a creep by as much a day; one that is there all at once also
 * by {@value #LEAST_DOLLARS_AN_HOUR} USD and by {@value #LEAST_SHARE} of the subject's spend in its
 * first hour. On one key there is half a day without a fault between two.
 */
final class FaultPlan {
  static final double LEAST_DOLLARS = 10;
  static final double LEAST_DOLLARS_AN_HOUR = 5;
  static final double LEAST_SHARE = 0.5;

  private static final int TRIES = 300;
  private static final long MICROS = 1_000_000L;
  private static final long MINUTE = 60 * MICROS;
  private static final long SLICE = 10 * MICROS;
  private static final long APART = Duration.ofHours(12).toSeconds() * MICROS;
  private static final int STEP_MINUTES = 5;
  private static final double REQUESTS_A_MINUTE_BEFORE_OUTAGE = 1;

  /** Price changes touch many keys and creeps take days: they choose first. */
  private static final List<FaultType> ORDER =
      List.of(
          FaultType.PRICE_CHANGE,
          FaultType.SLOW_CREEP,
          FaultType.CACHE_MISSES,
          FaultType.MODEL_SWITCH,
          FaultType.OUTAGE,
          FaultType.PROMPT_BLOAT,
          FaultType.LEAKED_KEY,
          FaultType.RETRY_STORM,
          FaultType.RUNAWAY_LOOP);

  private static final Map<String, String> DEARER =
      Map.of(
          "gpt-4o-mini", "gpt-4o",
          "gpt-5.4-mini", "gpt-5.4",
          "gemini-2.5-flash", "gemini-2.5-pro",
          "claude-haiku-4-5", "claude-opus-4-6",
          "mistral-large-3", "gpt-5.4",
          "claude-sonnet-4-6", "claude-opus-4-6");

  private final SplittableRandom random;
  private final List<ApiKey> keys;
  private final long fromMicros;
  private final long toMicros;
  private final List<PlacedFault> placed = new ArrayList<>();

  private FaultPlan(long seed, List<ApiKey> keys, long fromMicros, long toMicros) {
    random = Dice.at(seed, 1);
    this.keys = keys;
    this.fromMicros = fromMicros;
    this.toMicros = toMicros;
  }

  /** Faults between two times, in the order in which they begin. */
  static List<PlacedFault> of(
      long seed, List<ApiKey> keys, long fromMicros, long toMicros, int faultsPerType) {
    FaultPlan plan = new FaultPlan(seed, keys, fromMicros, toMicros);
    for (FaultType type : ORDER) {
      for (int i = 0; i < faultsPerType; i++) {
        plan.place(type);
      }
    }
    plan.placed.sort(Comparator.comparingLong(each -> each.fault().startMicros()));
    return List.copyOf(plan.placed);
  }

  private void place(FaultType type) {
    for (int i = 0; i < TRIES; i++) {
      PlacedFault candidate = type == FaultType.PRICE_CHANGE ? priceChange() : ofOneKey(type);
      if (candidate != null && isFree(candidate) && isWorthwhile(candidate)) {
        placed.add(candidate);
        return;
      }
    }
  }

  private @Nullable PlacedFault priceChange() {
    ModelPrice model = PriceSheet.MODELS.get(random.nextInt(PriceSheet.MODELS.size()));
    List<Route> routes =
        keys.stream()
            .flatMap(key -> key.routes().stream())
            .filter(route -> route.path().model().equals(model))
            .toList();
    if (routes.isEmpty()) {
      return null;
    }
    Set<Subject> touched = new HashSet<>();
    routes.forEach(route -> touched.addAll(route.path().subjects()));
    List<String> users = keys.stream().filter(key -> uses(key, model)).map(ApiKey::name).toList();
    return timed(
        FaultType.PRICE_CHANGE,
        new Subject("model", model.model()),
        touched,
        users,
        0,
        routes.get(0).path());
  }

  private static boolean uses(ApiKey key, ModelPrice model) {
    return key.routes().stream().anyMatch(route -> route.path().model().equals(model));
  }

  private @Nullable PlacedFault ofOneKey(FaultType type) {
    ApiKey key = keys.get(random.nextInt(keys.size()));
    int route = random.nextInt(key.routes().size());
    Path path = key.routes().get(route).path();
    Path detour = detour(type, path);
    boolean unsteady = key.rhythm() == Rhythm.BURSTY;
    boolean possible =
        switch (type) {
          case MODEL_SWITCH -> detour != path && !uses(key, detour.model()) && !unsteady;
          case OUTAGE -> key.rhythm() == Rhythm.ALWAYS;
          case RUNAWAY_LOOP, LEAKED_KEY -> true;
          default -> !unsteady;
        };
    if (!possible) {
      return null;
    }
    Set<Subject> touched = new HashSet<>(detour.subjects());
    key.routes().forEach(each -> touched.addAll(each.path().subjects()));
    return timed(
        type, new Subject("api_key", key.name()), touched, List.of(key.name()), route, detour);
  }

  private Path detour(FaultType type, Path path) {
    String dearer = DEARER.get(path.model().model());
    if (type == FaultType.MODEL_SWITCH && dearer != null) {
      return path.to(model(dearer));
    }
    return type == FaultType.LEAKED_KEY
        ? path.stolen(PriceSheet.MODELS.get(random.nextInt(PriceSheet.MODELS.size())))
        : path;
  }

  private static ModelPrice model(String name) {
    return PriceSheet.MODELS.stream()
        .filter(each -> each.model().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private PlacedFault timed(
      FaultType type,
      Subject subject,
      Set<Subject> touched,
      List<String> affected,
      int route,
      Path detour) {
    long length =
        random.nextLong(type.shortest().toSeconds() / 10, type.longest().toSeconds() / 10 + 1)
            * SLICE;
    long start = fromMicros + random.nextLong((toMicros - fromMicros - length) / SLICE) * SLICE;
    double strength = type.weakest() + random.nextDouble() * (type.strongest() - type.weakest());
    FaultEffect effect = new FaultEffect(type, strength, route, detour);
    Fault fault = new Fault(type, subject, Set.copyOf(touched), start, start + length, strength, 0);
    PlacedFault unpriced = new PlacedFault(fault, effect, affected);
    return new PlacedFault(
        new Fault(
            type,
            subject,
            fault.touched(),
            start,
            start + length,
            strength,
            Math.abs(excess(unpriced, start, start + length))),
        effect,
        affected);
  }

  private boolean isFree(PlacedFault candidate) {
    return placed.stream()
        .filter(other -> other.keys().stream().anyMatch(candidate.keys()::contains))
        .allMatch(
            other ->
                candidate.fault().startMicros() >= other.fault().endMicros() + APART
                    || other.fault().startMicros() >= candidate.fault().endMicros() + APART);
  }

  private boolean isWorthwhile(PlacedFault candidate) {
    Fault fault = candidate.fault();
    if (fault.dollars() < LEAST_DOLLARS) {
      return false;
    }
    if (fault.type() == FaultType.SLOW_CREEP) {
      double days = (double) (fault.endMicros() - fault.startMicros()) / (24 * 60 * MINUTE);
      return fault.dollars() >= LEAST_DOLLARS * days;
    }
    long start = fault.startMicros();
    long hour = Math.min(start + 60 * MINUTE, fault.endMicros());
    double hours = (double) (hour - start) / (60 * MINUTE);
    double change = Math.abs(excess(candidate, start, hour));
    return change >= LEAST_DOLLARS_AN_HOUR * hours
        && change >= LEAST_SHARE * normal(candidate, start, hour)
        && (fault.type() != FaultType.OUTAGE || isMissed(candidate));
  }

  private boolean isMissed(PlacedFault outage) {
    long minute = outage.fault().startMicros() / MINUTE;
    return keysOf(outage).get(0).expectedRate(minute) >= REQUESTS_A_MINUTE_BEFORE_OUTAGE;
  }

  /** Dollars that the fault adds between two times, as expected. */
  private double excess(PlacedFault candidate, long from, long to) {
    double sum = 0;
    for (ApiKey key : keysOf(candidate)) {
      for (long at = from; at < to; at += STEP_MINUTES * MINUTE) {
        List<Flow> normal = normalFlows(key, at);
        sum +=
            Flow.dollarsPerMinute(candidate.change(key, normal, at))
                - Flow.dollarsPerMinute(normal);
      }
    }
    return sum * STEP_MINUTES;
  }

  private double normal(PlacedFault candidate, long from, long to) {
    double sum = 0;
    for (ApiKey key : keysOf(candidate)) {
      for (long at = from; at < to; at += STEP_MINUTES * MINUTE) {
        List<Flow> flows = new ArrayList<>(normalFlows(key, at));
        if (candidate.effect().type() == FaultType.PRICE_CHANGE) {
          flows.removeIf(flow -> !flow.path().model().equals(candidate.effect().detour().model()));
        }
        sum += Flow.dollarsPerMinute(flows);
      }
    }
    return sum * STEP_MINUTES;
  }

  private static List<Flow> normalFlows(ApiKey key, long micros) {
    long minute = Math.floorDiv(micros, MINUTE);
    return Flow.normal(key, minute, key.expectedRate(minute));
  }

  private List<ApiKey> keysOf(PlacedFault fault) {
    return keys.stream().filter(key -> fault.keys().contains(key.name())).toList();
  }
}
