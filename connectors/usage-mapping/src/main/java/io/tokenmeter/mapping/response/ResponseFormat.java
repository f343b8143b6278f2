package io.tokenmeter.mapping.response;

import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;

/** How one provider's API answers. */
interface ResponseFormat {

  /** Whether the response is in this format. */
  boolean matches(JsonObject response);

  /**
   * Takes id, time, provider, models, tier, outcome and counts over into the draft.
   *
   * @throws RejectedException if the response contradicts itself
   */
  void read(JsonObject response, EventDraft draft) throws RejectedException;
}
