package io.tokenmeter.mapping.litellm;

import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;

/**
 * Whose request it was. Names go before ids, since people read them; a key goes by its alias, or by
 * its hash, and both are kept. LiteLLM's end user is the customer of whoever runs the application
 * (https://docs.litellm.ai/docs/proxy/customers).
 */
final class LiteLlmAttribution {

  private LiteLlmAttribution() {}

  static void read(JsonObject payload, EventDraft draft) throws RejectedException {
    JsonObject metadata = payload.objectOrEmpty("metadata");
    String hash = metadata.text("user_api_key_hash");
    String alias = metadata.text("user_api_key_alias");
    draft.fields().setApiKeyId(alias != null ? alias : hash);
    if (alias != null) {
      draft.tags().put("litellm.key_hash", hash);
    }
    String teamId = metadata.text("user_api_key_team_id");
    String team = metadata.text("user_api_key_team_alias");
    draft.fields().setTeam(team != null ? team : teamId);
    if (team != null) {
      draft.tags().put("litellm.team_id", teamId);
    }
    String project = metadata.text("user_api_key_project_alias");
    draft.fields().setProject(project != null ? project : metadata.text("user_api_key_project_id"));
    draft.fields().setUserId(metadata.text("user_api_key_user_id"));
    String endUser = payload.text("end_user");
    draft
        .fields()
        .setCustomerId(endUser != null ? endUser : metadata.text("user_api_key_end_user_id"));
    draft.tags().put("litellm.org_id", metadata.text("user_api_key_org_id"));
  }
}
