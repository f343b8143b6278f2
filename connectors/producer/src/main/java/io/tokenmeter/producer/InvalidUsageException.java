package io.tokenmeter.producer;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.RejectionReason;

/** A usage event that Tokenmeter would reject; the message names the field. */
public final class InvalidUsageException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  InvalidUsageException(Rejection rejection) {
    super(rejection.message());
    this.reason = rejection.reason();
  }

  /** Why, as it would stand in rejected-events. */
  public RejectionReason reason() {
    return reason;
  }
}
