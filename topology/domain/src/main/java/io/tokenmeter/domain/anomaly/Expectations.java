package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.anomaly.Deviation.View;

/** What is expected of a subject's windows in each view, and how far that may be off by chance. */
final class Expectations {
  /** No share of retries is thought to be usual that is smaller. */
  private static final double LEAST_RETRIES = 0.02;

  /** Even where nothing is expected, so much of a request is. */
  private static final double LEAST_REQUEST = 1e-3;

  /** How much less hours are off together, at most, than each is by itself. */
  private static final double MOST_APART = 2;

  private static final double LEAST_DOLLARS = 1e-12;

  private final SubjectState state;
  private final GroupState group;
  private final double costOfRequest;
  private final double retryShare;

  Expectations(SubjectState state, GroupState group) {
    this.state = state;
    this.group = group;
    costOfRequest = state.costOfRequest();
    retryShare = Math.min(0.9, Math.max(LEAST_RETRIES, state.usual.retryShare()));
  }

  /** The share of requests that usually are retries, above 0 and below 1. */
  double retryShare() {
    return retryShare;
  }

  /** Dollars expected of a window in a view, above 0. */
  double dollars(SpendWindow window, View view) {
    double expected =
        switch (view) {
          case UNIT_COST -> window.requests() * costOfRequest;
          case MODEL_COST -> window.requestsUsually();
          case TOKEN_COST -> window.tokensUsually();
          case RETRIES -> window.dollars() * usualRetries(window);
          default -> window.expected();
        };
    return Math.max(expected, Math.max(LEAST_REQUEST * costOfRequest, LEAST_DOLLARS));
  }

  /** The part of the requests that there would be if the first attempts had the usual retries. */
  private double usualRetries(SpendWindow window) {
    double usually = window.firstAttempts() / (1 - retryShare);
    return Math.min(1, usually / Math.max(1, window.requests()));
  }

  /** Relative variance of what is expected of a window, in a view. */
  Variance variance(SpendWindow window, View view) {
    return variance(window, view, window.doubt());
  }

  /** As {@link #variance}, against which a rise is held. */
  Variance varianceOfRise(SpendWindow window, View view) {
    return variance(window, view, doubtOfRise(window));
  }

  /**
   * Relative variance of what a cause that is open leads to in a window.
   *
   * @param led dollars, at least those that are expected
   */
  double varianceOf(SpendWindow window, double led) {
    double relative = doubtOfRise(window) / led;
    return state.variance(led, window.minutes(), group).sum()
        + state.uncertainty
        + relative * relative;
  }

  /**
   * Dollars by which spend may be above what is expected of a window. Where hours miss what is
   * expected of them by less than that, they do so one by one, and their part grows with the root
   * of the hours. Where they miss it by more, the question is how many jobs a day has.
   */
  double doubtOfRise(SpendWindow window) {
    double hours = Math.max(1, window.minutes() / 60);
    double irregular = Math.min(window.doubt(), state.irregularity * hours);
    if (irregular > window.expected()) {
      return window.doubt();
    }
    double apart = Math.min(MOST_APART, Math.sqrt(hours));
    return Math.hypot(window.doubt() - irregular, irregular / apart);
  }

  private Variance variance(SpendWindow window, View view, double doubt) {
    double requests = Math.max(1, window.requests());
    return switch (view) {
      case UNIT_COST -> state.unitCost.variance(requests, window.minutes(), group.unitCost());
      case MODEL_COST -> state.modelCost.variance(requests, window.minutes(), group.modelCost());
      case TOKEN_COST, RETRIES ->
          state.tokenCost.variance(requests, window.minutes(), group.tokenCost());
      case VOLUME -> {
        double usual = Math.max(LEAST_REQUEST, window.expected() / costOfRequest);
        Variance volume = state.volume.variance(usual, window.minutes(), group.volume());
        yield volume.plus(ofExpected(window, doubt));
      }
      default ->
          state
              .variance(window.expected(), window.minutes(), group)
              .plus(ofExpected(window, doubt));
    };
  }

  /** How many times what is expected a window has in a view, its dearest request apart. */
  double ratio(SpendWindow window, View view) {
    return view == View.VOLUME
        ? (window.requests() - 1) * costOfRequest / dollars(window, view)
        : (window.dollars() - window.dearest()) / dollars(window, view);
  }

  /** Relative variance that comes of what is expected, which may be wrong by some dollars. */
  private double ofExpected(SpendWindow window, double doubt) {
    double relative = doubt / dollars(window, View.SPEND);
    return state.uncertainty + relative * relative;
  }

  /**
   * Relative variance of the spend of some minutes from now on.
   *
   * @param rate dollars expected an hour
   */
  Variance ahead(double rate, double minutes) {
    double doubt = state.doubt / Math.max(state.rates.whole(), LEAST_DOLLARS);
    return state
        .variance(rate * minutes / 60, minutes, group)
        .plus(state.uncertainty + doubt * doubt);
  }
}
