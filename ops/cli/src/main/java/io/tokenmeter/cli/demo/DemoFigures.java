package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.demo.SpendBoard.Spend;
import io.tokenmeter.schemas.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the demo's view shows at one moment.
 *
 * @param elapsed since the demo began
 * @param duration when the demo ends by itself; null: never
 * @param companyTime the time at the company
 * @param fast whether the company's clock is faster than the wall clock
 * @param configFile with which other commands reach the demo
 * @param total everything together, from the roll-ups
 * @param perSecond requests per second
 * @param duplicates resent events that were dropped
 * @param rejected records in rejected-events
 * @param tables the keys of each dimension, the dearest first
 * @param alerts the latest state of each alert, the latest first
 * @param note what is going on just now, in a sentence
 */
record DemoFigures(
    Duration elapsed,
    @Nullable Duration duration,
    Instant companyTime,
    boolean fast,
    String configFile,
    Spend total,
    double perSecond,
    long duplicates,
    long rejected,
    Map<String, List<Spend>> tables,
    List<Alert> alerts,
    String note) {}
