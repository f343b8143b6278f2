package io.tokenmeter.mapping.event;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.RejectionReason;

/** An item that cannot become a usage event, with the reason. */
public final class RejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  public RejectedException(Rejection rejection) {
    super(rejection.message(), null, false, false);
    this.rejection = rejection;
  }

  /** What was sent cannot be read at all. */
  public static RejectedException undecodable(String message) {
    return new RejectedException(new Rejection(RejectionReason.UNDECODABLE, message));
  }

  /** A value of the wrong type or form. */
  public static RejectedException malformed(String field, String expected) {
    return new RejectedException(Rejection.malformed(field, expected));
  }

  /** More of something than allowed. */
  public static RejectedException tooLarge(String message) {
    return new RejectedException(new Rejection(RejectionReason.TOO_LARGE, message));
  }

  /** Statements that cannot be true together. */
  public static RejectedException contradictory(String message) {
    return new RejectedException(new Rejection(RejectionReason.CONTRADICTORY_COUNTS, message));
  }

  public Rejection rejection() {
    return rejection;
  }
}
