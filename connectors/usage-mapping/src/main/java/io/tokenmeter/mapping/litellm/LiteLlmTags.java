package io.tokenmeter.mapping.litellm;

import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.json.JsonObject;
import java.util.Set;

/**
 * What a payload says beyond the event's fields, as tags. Never the messages, the response, headers
 * or anybody's e-mail or network address.
 *
 * <p>Request tags are free text, and often NAME:VALUE
 * (https://docs.litellm.ai/docs/proxy/enterprise#tracking-spend-for-custom-tags); those become the
 * tag NAME, others a tag "true" of their own name.
 */
final class LiteLlmTags {

  private static final Set<String> PLAIN = Set.of("call_type", "api_base", "saved_cache_cost");

  private LiteLlmTags() {}

  static void read(JsonObject payload, EventDraft draft) {
    for (String tag : payload.labels("request_tags")) {
      readTag(tag, draft);
    }
    JsonObject metadata = payload.objectOrEmpty("metadata");
    readLabels(metadata.objectOrEmpty("spend_logs_metadata"), draft);
    readLabels(metadata.objectOrEmpty("requester_metadata"), draft);
    for (String key : payload.keys()) {
      if (PLAIN.contains(key)) {
        draft.tags().put("litellm." + key, payload.label(key));
      }
    }
  }

  private static void readTag(String tag, EventDraft draft) {
    int colon = tag.indexOf(':');
    // "User-Agent: curl/8.0" is a tag that LiteLLM adds by itself.
    if (colon > 0 && colon < tag.length() - 1) {
      draft.tags().append(tag.substring(0, colon).strip(), tag.substring(colon + 1).strip());
    } else {
      draft.tags().put(tag, "true");
    }
  }

  private static void readLabels(JsonObject labels, EventDraft draft) {
    for (String key : labels.keys()) {
      draft.tags().put(key, labels.label(key));
    }
  }
}
