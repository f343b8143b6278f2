package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.anomaly.Deviation.View;

/** What is expected of a subject's windows in each view, and how far that may be off by chance. */
final class Expectations {
  /** No share of retries is thought to be usual that is smaller. */
  private static final double LEAST_RETRIES = 0.02;

  /** Even where nothing is expected, so much of a request is. */
  private static final double LEAST_REQUEST = 1e-3;

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
    double requests = Math.max(1, window.requests());
    return switch (view) {
      case UNIT_COST -> state.unitCost.variance(requests, window.minutes(), group.unitCost());
      case TOKEN_COST, RETRIES ->
          state.tokenCost.variance(requests, window.minutes(), group.tokenCost());
      case VOLUME -> {
        double usual = Math.max(LEAST_REQUEST, window.expected() / costOfRequest);
        yield state.volume.variance(usual, window.minutes(), group.volume()).plus(doubt(window));
      }
      default -> state.variance(window.expected(), window.minutes(), group).plus(doubt(window));
    };
  }

  /** How many times what is expected a window has in a view, its dearest request apart. */
  double ratio(SpendWindow window, View view) {
    return view == View.VOLUME
        ? (window.requests() - 1) * costOfRequest / dollars(window, view)
        : (window.dollars() - window.dearest()) / dollars(window, view);
  }

  /** Relative variance that comes of what is expected. */
  private double doubt(SpendWindow window) {
    double doubt = window.doubt() / dollars(window, View.SPEND);
    return state.uncertainty + doubt * doubt;
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
