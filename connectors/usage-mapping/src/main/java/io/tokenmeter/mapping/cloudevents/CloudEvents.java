package io.tokenmeter.mapping.cloudevents;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.UsageMapping;
import io.tokenmeter.mapping.event.EventCheck;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.EventIds;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonItems;
import io.tokenmeter.mapping.json.JsonObject;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.usagefiles.Timestamps;
import io.tokenmeter.usagefiles.UnreadableUsageException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * CloudEvents 1.0 in JSON, structured or in batches
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md), with usage
 * as their data, as OpenMeter's clients send it.
 *
 * <p>Source and id together identify an event
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#id), so they make the event
 * id. The subject is the customer, as it is at OpenMeter.
 */
public final class CloudEvents {

  /** Attributes that the specification gives a meaning; all others are extensions. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "specversion",
          "id",
          "source",
          "type",
          "subject",
          "time",
          "datacontenttype",
          "dataschema",
          "data",
          "data_base64");

  private final CloudEventData data;

  private CloudEvents(MappingOptions options) {
    this.data = new CloudEventData(options);
  }

  /** The mapping of bodies. */
  public static UsageMapping mapping(MappingOptions options) {
    return new JsonItems(options, new CloudEvents(options)::map);
  }

  private UsageEvent map(JsonObject event, Instant receivedAt, EventCheck check)
      throws RejectedException {
    String version = event.text("specversion");
    if (version != null && !version.equals("1.0")) {
      throw new RejectedException(Rejection.unknownValue("specversion", List.of("1.0")));
    }
    EventDraft draft = new EventDraft();
    String source = required(event, "source");
    draft.fields().setEventId(EventIds.of("cloudevents", source, required(event, "id")));
    draft.occurredAt(time(event, receivedAt));
    draft.fields().setCustomerId(event.text("subject"));
    draft.tags().put("cloudevents.source", source);
    draft.tags().put("cloudevents.type", required(event, "type"));
    data.read(event, draft);
    for (String key : event.keys()) {
      if (!ATTRIBUTES.contains(key)) {
        draft.tags().put(key, event.label(key));
      }
    }
    return draft.finish(check);
  }

  private static String required(JsonObject event, String key) throws RejectedException {
    String text = event.text(key);
    if (text == null) {
      throw new RejectedException(Rejection.missing(key));
    }
    return text;
  }

  private static Instant time(JsonObject event, Instant receivedAt) throws RejectedException {
    String time = event.text("time");
    try {
      return time == null ? receivedAt : Timestamps.parseIso(time);
    } catch (UnreadableUsageException e) {
      throw RejectedException.malformed("time", "an RFC 3339 time such as 2026-01-15T10:00:00Z");
    }
  }
}
