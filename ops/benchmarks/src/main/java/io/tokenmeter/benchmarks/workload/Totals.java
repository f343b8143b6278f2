package io.tokenmeter.benchmarks.workload;

/**
 * What a correct rung must arrive at for the first {@code events} events of a topic.
 *
 * @param events events, resent copies included
 * @param costPicos their cost, USD 1e-12
 * @param distinctEvents events without resent copies
 * @param distinctCostPicos their cost, USD 1e-12
 */
public record Totals(long events, long costPicos, long distinctEvents, long distinctCostPicos) {

  /** Nothing so far. */
  public static final Totals ZERO = new Totals(0, 0, 0, 0);

  /** The exact totals of a workload's first events, computed without Kafka. */
  public static Totals of(Workload workload, long events) {
    Totals totals = ZERO;
    GeneratedEvent event = new GeneratedEvent();
    for (long i = 0; i < events; i++) {
      workload.read(i, event);
      totals = totals.plus(event.costPicos(), event.isDuplicate());
    }
    return totals;
  }

  Totals plus(long picos, boolean duplicate) {
    return new Totals(
        events + 1,
        Math.addExact(costPicos, picos),
        duplicate ? distinctEvents : distinctEvents + 1,
        duplicate ? distinctCostPicos : Math.addExact(distinctCostPicos, picos));
  }
}
