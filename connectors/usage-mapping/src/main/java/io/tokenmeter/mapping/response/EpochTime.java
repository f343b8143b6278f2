package io.tokenmeter.mapping.response;

import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.Numbers;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;

/** The time of a response as OpenAI gives it: seconds since 1970. */
final class EpochTime {

  private EpochTime() {}

  /** Takes the time under the key over, if there is one. */
  static void read(JsonObject response, String key, EventDraft draft) throws RejectedException {
    BigDecimal seconds = response.decimal(key);
    if (seconds != null) {
      long millis = Numbers.millisOfSeconds(response.path(key), seconds);
      draft.occurredAt(Instant.ofEpochMilli(millis));
    }
  }
}
