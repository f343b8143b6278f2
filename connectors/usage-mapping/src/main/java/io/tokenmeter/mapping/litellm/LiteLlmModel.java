package io.tokenmeter.mapping.litellm;

import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which model of which provider LiteLLM called, and under what name the caller asked for it.
 *
 * <p>LiteLLM writes models as PROVIDER/MODEL in places; the provider is taken off, and nothing
 * else, for a region in the name has a price of its own. A deployment at Azure has a name of its
 * owner's choice; there the key of LiteLLM's price list says which model it is.
 */
final class LiteLlmModel {

  private static final Set<String> NAMES_DEPLOYMENTS = Set.of("azure", "azure_text", "azure_ai");

  private LiteLlmModel() {}

  static void read(JsonObject payload, EventDraft draft) throws RejectedException {
    String provider = payload.text("custom_llm_provider");
    draft.provider(provider);
    String called = withoutProvider(payload.text("model"), provider);
    String listed =
        withoutProvider(
            payload.objectOrEmpty("model_map_information").label("model_map_key"), provider);
    String served = called;
    if (provider != null && NAMES_DEPLOYMENTS.contains(provider) && listed != null) {
      served = listed;
      draft.tags().put("litellm.deployment", called);
    }
    draft.models(payload.text("model_group"), served);
    draft.tags().put("litellm.model_id", payload.text("model_id"));
  }

  private static @Nullable String withoutProvider(
      @Nullable String model, @Nullable String provider) {
    return model != null && provider != null && model.startsWith(provider + "/")
        ? model.substring(provider.length() + 1)
        : model;
  }
}
