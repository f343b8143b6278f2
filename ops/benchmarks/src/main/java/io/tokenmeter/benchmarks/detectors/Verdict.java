package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.benchmarks.detectors.spend.Fault;
import java.util.Map;

/**
 * What the alerts of one scenario were worth.
 *
 * @param detected faults that an alert named, with the microseconds that took
 * @param alerts all alerts
 * @param useful alerts that were the first to name a fault
 * @param repeated alerts for what had an alert already, or for a subject that only shared the spend
 * @param wrong alerts for nothing
 */
record Verdict(Map<Fault, Long> detected, int alerts, int useful, int repeated, int wrong) {}
