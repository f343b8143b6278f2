package io.tokenmeter.mapping.litellm;

import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.Numbers;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** LiteLLM's times: seconds since 1970 with fractions, as decimals. */
final class LiteLlmTimes {

  private static final int MICROS = 6;

  private LiteLlmTimes() {}

  /** Takes start, latency and, of a streamed response, the time to the first token over. */
  static void read(JsonObject payload, EventDraft draft) throws RejectedException {
    BigDecimal start = seconds(payload, "startTime");
    if (start == null) {
      return;
    }
    draft.occurredAt(
        Instant.EPOCH.plus(start.movePointRight(MICROS).longValue(), ChronoUnit.MICROS));
    draft.fields().setLatencyMs(millisBetween(start, seconds(payload, "endTime")));
    if (payload.isTrue("stream")) {
      BigDecimal first = seconds(payload, "completionStartTime");
      draft.fields().setTimeToFirstTokenMs(millisBetween(start, first));
    }
  }

  private static @Nullable BigDecimal seconds(JsonObject payload, String key)
      throws RejectedException {
    BigDecimal seconds = payload.decimal(key);
    return seconds == null ? null : Numbers.quantity(key, seconds);
  }

  private static @Nullable Long millisBetween(BigDecimal start, @Nullable BigDecimal end) {
    return end == null || end.compareTo(start) < 0
        ? null
        : Long.valueOf(end.subtract(start).movePointRight(3).longValue());
  }
}
