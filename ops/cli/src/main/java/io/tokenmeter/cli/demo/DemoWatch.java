package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.cli.cluster.LocalApplication;
import io.tokenmeter.cli.cluster.PriceTopic;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.schemas.Alert;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Watches what the application makes of the traffic, and shows it. */
final class DemoWatch implements AutoCloseable {
  private static final String DUPLICATES = "tokenmeter_drop_duplicates_total";
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final Duration REDRAW = Duration.ofMillis(500);

  private final EmbeddedCluster embedded;
  private final LocalApplication application;
  private final DemoPlan plan;
  private final Timeline timeline;
  private final DemoClock clock;
  private final OutputFeed feed;
  private final DemoView view;
  private @Nullable DemoIntake intake;
  private boolean priced;

  DemoWatch(
      EmbeddedCluster embedded,
      LocalApplication application,
      DemoPlan plan,
      Timeline timeline,
      DemoClock clock,
      OutputFeed feed,
      DemoView view) {
    this.embedded = embedded;
    this.application = application;
    this.plan = plan;
    this.timeline = timeline;
    this.clock = clock;
    this.feed = feed;
    this.view = view;
  }

  /** Shows the traffic until the time is over or the user has seen enough. */
  void untilOver(Traffic traffic, StopSignal stop) throws ExecutionException, InterruptedException {
    long drawn = 0;
    while (!stop.isRequested() && !plan.isOver(clock.elapsed())) {
      feed.poll();
      priceWhenDue();
      openIntakeWhenDue();
      if (System.nanoTime() - drawn > REDRAW.toNanos()) {
        drawn = System.nanoTime();
        requireWorking(traffic);
        view.show(figures(note()));
      }
    }
  }

  /** Shows how far the end is. */
  void finishing(long left) {
    feed.poll();
    view.show(figures("Finishing: " + left + " events left."));
  }

  /** Resent events that were dropped. */
  long duplicates() {
    return application.counter(DUPLICATES);
  }

  private void priceWhenDue() throws ExecutionException, InterruptedException {
    if (!priced && clock.now().isAfter(timeline.pilotPriced())) {
      new PriceTopic(embedded.settings()).publish(List.of(missingPrice()));
      priced = true;
    }
  }

  /**
   * The user's own usage is of now. It would set the detectors' clock to now, and all of the
   * company would seem silent since then.
   */
  private void openIntakeWhenDue() throws ExecutionException, InterruptedException {
    if (intake == null && !clock.isFast()) {
      intake = DemoIntake.start(embedded.settings());
    }
  }

  /** What the company settles on for its own hardware, per token in trillionths of a dollar. */
  private static PriceRow missingPrice() {
    return PriceRow.of(Company.UNPRICED_PROVIDER, Company.UNPRICED_MODEL)
        .prices(
            List.of(UnitPrice.of("input_tokens", 80_000), UnitPrice.of("output_tokens", 240_000)))
        .source("demo")
        .build();
  }

  private String note() {
    if (intake != null) {
      return "Send your own usage: " + intake.environmentVariable();
    }
    Instant now = clock.now();
    Timeline.Happening latest = timeline.story().get(0);
    for (Timeline.Happening happening : timeline.story()) {
      latest = happening.at().isAfter(now) ? latest : happening;
    }
    return HOUR.format(latest.at().atOffset(ZoneOffset.UTC)) + "  " + latest.sentence();
  }

  private DemoFigures figures(String note) {
    SpendBoard board = feed.board();
    Map<String, List<SpendBoard.Spend>> tables = new HashMap<>();
    SpendBoard.DIMENSIONS.forEach(dimension -> tables.put(dimension, board.byCost(dimension)));
    return new DemoFigures(
        clock.elapsed(),
        plan.duration(),
        clock.now(),
        clock.isFast(),
        plan.configFile(),
        board.total(),
        board.requestsPerSecond(System.nanoTime() / 1_000_000),
        duplicates(),
        feed.rejected(),
        tables,
        latestFirst(),
        note);
  }

  private List<Alert> latestFirst() {
    return feed.alerts().all().stream()
        .sorted(Comparator.comparing(Alert::getUpdatedAt).reversed())
        .toList();
  }

  private void requireWorking(Traffic traffic) throws InterruptedException {
    application.requireAlive();
    Exception failure = traffic.failure();
    if (failure != null) {
      throw new CommandFailedException(
          "the embedded broker did not take an event: " + failure.getMessage(), failure);
    }
  }

  /** No more of the user's own usage. */
  @Override
  public void close() {
    if (intake != null) {
      intake.close();
      intake = null;
    }
  }
}
