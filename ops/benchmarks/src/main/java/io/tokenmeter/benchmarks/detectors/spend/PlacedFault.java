package io.tokenmeter.benchmarks.detectors.spend;

import java.util.List;

/** A fault, what it does, and to which keys. */
record PlacedFault(Fault fault, FaultEffect effect, List<String> keys) {
  boolean isActive(long micros) {
    return micros >= fault.startMicros() && micros < fault.endMicros();
  }

  /** The key's flows at a time of the fault. */
  List<Flow> change(ApiKey key, List<Flow> flows, long micros) {
    long minute = Math.floorDiv(micros, 60_000_000L);
    double progress =
        (double) (micros - fault.startMicros()) / (fault.endMicros() - fault.startMicros());
    return effect.on(flows, key.busyRate(minute), key.meanRate(minute), progress);
  }
}
