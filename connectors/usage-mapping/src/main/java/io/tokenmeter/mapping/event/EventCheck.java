package io.tokenmeter.mapping.event;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.producer.ApiKeys;
import io.tokenmeter.producer.UsageEventCheck;
import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.time.Instant;

/** The last step of every mapping: nothing leaves it that the application would reject. */
public final class EventCheck {

  private static final int HASH_CHARS = 16;

  private final UsageEventCheck check;

  /**
   * @param maxSkew how far after {@code receivedAt} an event may lie
   */
  public EventCheck(Duration maxSkew, Instant receivedAt) {
    this.check = new UsageEventCheck(maxSkew, receivedAt);
  }

  /**
   * Checks the event, and replaces an API key by its hash where a sender put the key itself: its
   * usage is worth keeping, the key must not be.
   *
   * @throws RejectedException if the application would reject the event
   */
  public void check(UsageEvent event) throws RejectedException {
    String key = event.getApiKeyId();
    if (key != null && ApiKeys.isSecret(key)) {
      event.setApiKeyId("sha256-" + EventIds.sha256(key).substring(0, HASH_CHARS));
    }
    Rejection rejection = check.findRejection(event);
    if (rejection != null) {
      throw new RejectedException(rejection);
    }
  }
}
