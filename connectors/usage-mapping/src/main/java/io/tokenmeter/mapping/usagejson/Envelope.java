package io.tokenmeter.mapping.usagejson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.mapping.event.EventCheck;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import io.tokenmeter.mapping.json.JsonText;
import io.tokenmeter.mapping.response.ProviderResponse;
import io.tokenmeter.mapping.response.ServerSentEvents;
import io.tokenmeter.mapping.response.StreamedResponse;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's response with fields of the usage event around it: {@code {"team": "search",
 * "occurred_at": "...", "response": {...}}}. A streamed response stands under {@code stream}, as an
 * array of its events or as the text of its server-sent events. The fields around win over what the
 * response says, but must not contradict its counts.
 */
final class Envelope {

  private static final String RESPONSE = "response";
  private static final String STREAM = "stream";

  private final JsonText json;

  Envelope(JsonText json) {
    this.json = json;
  }

  static boolean matches(JsonObject item) {
    return item.has(RESPONSE) || item.has(STREAM);
  }

  /** A response without anything around it. */
  static UsageEvent mapBare(JsonObject response, Instant receivedAt, EventCheck check)
      throws RejectedException {
    EventDraft draft = new EventDraft();
    ProviderResponse.read(response, draft);
    return finish(draft, receivedAt, check);
  }

  UsageEvent map(JsonObject item, Instant receivedAt, EventCheck check) throws RejectedException {
    EventDraft draft = new EventDraft();
    ObjectNode around = item.node().deepCopy();
    JsonNode response = around.remove(RESPONSE);
    JsonNode stream = around.remove(STREAM);
    UsageEvent given = EventFields.readSome(JsonObject.of(around, ""));
    GivenFields.applyTags(given, draft);
    read(response, stream, draft);
    GivenFields.apply(given, draft);
    return finish(draft, receivedAt, check);
  }

  private void read(@Nullable JsonNode response, @Nullable JsonNode stream, EventDraft draft)
      throws RejectedException {
    if (response != null && stream != null) {
      throw RejectedException.malformed("response", "left out where there is a stream");
    }
    if (response != null) {
      ProviderResponse.read(JsonObject.of(response, ""), draft);
      return;
    }
    StreamedResponse streamed = StreamedResponse.of(events(stream));
    ProviderResponse.read(streamed.response(), draft);
    if (!streamed.complete()) {
      draft.fields().setUsageSource(UsageSource.PARTIAL);
      draft.fields().setStatus(RequestStatus.ABORTED);
    }
  }

  private List<ObjectNode> events(@Nullable JsonNode stream) throws RejectedException {
    if (stream != null && stream.isTextual()) {
      return ServerSentEvents.read(stream.textValue(), json);
    }
    if (stream == null || !stream.isArray()) {
      throw RejectedException.malformed(
          STREAM, "an array of events, or server-sent events as text");
    }
    List<ObjectNode> events = new ArrayList<>();
    for (JsonNode event : stream) {
      if (event instanceof ObjectNode object) {
        events.add(object);
      }
    }
    return events;
  }

  private static UsageEvent finish(EventDraft draft, Instant receivedAt, EventCheck check)
      throws RejectedException {
    if (draft.fields().getOccurredAt() == null) {
      draft.occurredAt(receivedAt);
    }
    return draft.finish(check);
  }
}
