package io.tokenmeter.mapping.usagejson;

import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.UsageMapping;
import io.tokenmeter.mapping.event.EventCheck;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonItems;
import io.tokenmeter.mapping.json.JsonObject;
import io.tokenmeter.mapping.json.JsonText;
import io.tokenmeter.mapping.response.ProviderResponse;
import io.tokenmeter.schemas.UsageEvent;
import java.time.Instant;

/**
 * Usage events under their own field names; or a provider's response, bare or in an envelope that
 * adds what the response does not know. One object, an array, or JSON lines.
 *
 * <p>Strict, like usage files: an unknown field is an error, because a misspelt count would be
 * money lost in silence.
 */
public final class UsageJson {

  private final Envelope envelope;

  private UsageJson(MappingOptions options) {
    this.envelope = new Envelope(new JsonText(options));
  }

  /** The mapping of bodies. */
  public static UsageMapping mapping(MappingOptions options) {
    return new JsonItems(options, new UsageJson(options)::map);
  }

  private UsageEvent map(JsonObject item, Instant receivedAt, EventCheck check)
      throws RejectedException {
    if (Envelope.matches(item)) {
      return envelope.map(item, receivedAt, check);
    }
    if (!item.has("event_id") && ProviderResponse.matches(item)) {
      return Envelope.mapBare(item, receivedAt, check);
    }
    UsageEvent event = EventFields.readWhole(item);
    check.check(event);
    return event;
  }
}
