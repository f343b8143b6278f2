package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.demo.SpendBoard.Spend;
import io.tokenmeter.schemas.Alert;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the demo's view shows at one moment.
 *
 * @param elapsed since the traffic began
 * @param duration when the demo ends by itself; null: never
 * @param bootstrapServers where the broker is
 * @param registryUrl where the registry is
 * @param intake the environment variable that sends an application's own usage here
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
    String bootstrapServers,
    String registryUrl,
    String intake,
    Spend total,
    double perSecond,
    long duplicates,
    long rejected,
    Map<String, List<Spend>> tables,
    List<Alert> alerts,
    String note) {}
