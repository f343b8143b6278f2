package io.tokenmeter.benchmarks.detectors.spend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/** Generates a scenario's spend, one tick after the other. */
final class SpendStream implements Iterator<Tick> {
  private static final long MINUTE = 60_000_000L;
  private static final long SLICE = 10_000_000L;
  private static final long SLICED_BEFORE = 2 * MINUTE;
  private static final long SLICED_AFTER = 15 * MINUTE;

  private final long seed;
  private final List<ApiKey> keys;
  private final Map<String, List<PlacedFault>> faultsByKey = new HashMap<>();
  private final List<PlacedFault> faults;
  private final long endMicros;
  private long atMicros;

  SpendStream(Scenario scenario, long seed, List<ApiKey> keys, List<PlacedFault> faults) {
    this.seed = seed;
    this.keys = keys;
    this.faults = faults;
    atMicros = scenario.startMicros();
    endMicros = scenario.endMicros();
    for (PlacedFault fault : faults) {
      for (String key : fault.keys()) {
        faultsByKey.computeIfAbsent(key, unused -> new ArrayList<>()).add(fault);
      }
    }
  }

  @Override
  public boolean hasNext() {
    return atMicros < endMicros;
  }

  @Override
  public Tick next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the scenario is over");
    }
    long from = atMicros;
    long to = from + (isSliced(from - Math.floorMod(from, MINUTE)) ? SLICE : MINUTE);
    atMicros = to;
    List<Usage> usage = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      generate(i, from, to, usage);
    }
    return new Tick(from, to, usage);
  }

  private boolean isSliced(long minuteMicros) {
    for (PlacedFault fault : faults) {
      long start = fault.fault().startMicros();
      if (minuteMicros >= start - SLICED_BEFORE && minuteMicros < start + SLICED_AFTER
          || minuteMicros < fault.fault().endMicros()
              && minuteMicros + MINUTE > fault.fault().endMicros()) {
        return true;
      }
    }
    return false;
  }

  private void generate(int number, long from, long to, List<Usage> usage) {
    ApiKey key = keys.get(number);
    long minute = Math.floorDiv(from, MINUTE);
    List<Flow> flows = Flow.normal(key, minute, key.rate(minute));
    for (PlacedFault fault : faultsByKey.getOrDefault(key.name(), List.of())) {
      if (fault.isActive(from)) {
        flows = fault.change(key, flows, from);
      }
    }
    SplittableRandom random = Dice.at(seed, number, from);
    double minutes = (double) (to - from) / MINUTE;
    for (Flow flow : flows) {
      long requests = Dice.poisson(random, flow.rate() * minutes);
      if (requests > 0) {
        usage.add(
            new Usage(
                flow.path(),
                flow.shape().draw(random, requests, flow.path().model(), flow.pricePercent())));
      }
    }
  }
}
