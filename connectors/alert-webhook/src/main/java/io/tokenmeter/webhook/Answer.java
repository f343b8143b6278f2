package io.tokenmeter.webhook;

import java.time.Duration;

/**
 * What came of one request.
 *
 * @param outcome what it means for the alert
 * @param reason what the receiver or the network said, without address or key
 * @param retryAfter how long the receiver asks to wait; zero if it does not say
 */
record Answer(Outcome outcome, String reason, Duration retryAfter) {

  /** What an answer means for the alert. */
  enum Outcome {
    /** The receiver has it. */
    DELIVERED,
    /** The receiver may take it later. */
    TRY_AGAIN,
    /** The receiver will never take this one. */
    REFUSED,
    /** The receiver takes none: the address or the key is wrong. */
    MISCONFIGURED
  }

  static Answer failed(String reason) {
    return new Answer(Outcome.TRY_AGAIN, reason, Duration.ZERO);
  }

  /** The meaning of a status of HTTP. */
  static Answer ofStatus(int status, String body, Duration retryAfter) {
    String said = body.isBlank() ? "" : ": " + body.strip();
    return new Answer(outcome(status), "status " + status + said, retryAfter);
  }

  private static Outcome outcome(int status) {
    if (status >= 200 && status < 300) {
      return Outcome.DELIVERED;
    }
    return switch (status) {
      case 408, 425, 429 -> Outcome.TRY_AGAIN;
      case 401, 403, 404, 405, 407, 410 -> Outcome.MISCONFIGURED;
      default ->
          status >= 500
              ? Outcome.TRY_AGAIN
              : status < 400 ? Outcome.MISCONFIGURED : Outcome.REFUSED;
    };
  }
}
