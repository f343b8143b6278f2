package io.tokenmeter.mapping.litellm;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.UsageMapping;
import io.tokenmeter.mapping.event.EventCheck;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.EventIds;
import io.tokenmeter.mapping.event.Numbers;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonItems;
import io.tokenmeter.mapping.json.JsonObject;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * LiteLLM's StandardLoggingPayload, as its callbacks post it: one payload, an array, or JSON lines
 * (https://docs.litellm.ai/docs/proxy/logging_spec,
 * https://github.com/BerriAI/litellm/blob/main/litellm/types/utils.py).
 */
public final class LiteLlm {

  private LiteLlm() {}

  /** The mapping of bodies. */
  public static UsageMapping mapping(MappingOptions options) {
    return new JsonItems(options, LiteLlm::map);
  }

  private static UsageEvent map(JsonObject payload, Instant receivedAt, EventCheck check)
      throws RejectedException {
    EventDraft draft = new EventDraft();
    readIds(payload, draft);
    LiteLlmTimes.read(payload, draft);
    LiteLlmModel.read(payload, draft);
    LiteLlmAttribution.read(payload, draft);
    readCall(payload, draft);
    readOutcome(payload, draft);
    LiteLlmUsage.read(payload, draft);
    readCost(payload, draft);
    LiteLlmTags.read(payload, draft);
    return draft.finish(check);
  }

  /**
   * The id is the response's, or the call's where there was no response. Attempts of one call share
   * the call's id, so that a failed one is told apart by its start; otherwise the one that succeeds
   * might be taken for its duplicate. One trace id holds all retries and fallbacks together.
   */
  private static void readIds(JsonObject payload, EventDraft draft) throws RejectedException {
    String id = payload.text("id");
    String callId = payload.text("litellm_call_id");
    String own = id != null ? id : callId;
    if (own != null) {
      boolean failed = "failure".equals(payload.label("status"));
      String start = String.valueOf(payload.label("startTime"));
      draft
          .fields()
          .setEventId(
              failed ? EventIds.of("litellm", own, "failure", start) : EventIds.of("litellm", own));
    }
    draft.fields().setStepId(own);
    draft.fields().setRunId(payload.text("trace_id"));
    draft.tags().put("litellm.call_id", callId);
  }

  private static void readCall(JsonObject payload, EventDraft draft) throws RejectedException {
    String callType = payload.text("call_type");
    draft.fields().setOperation(CallTypes.operation(callType));
    draft.fields().setStepName(callType);
    JsonObject parameters = payload.objectOrEmpty("model_parameters");
    Long cap = parameters.countOrNull("max_tokens");
    draft
        .fields()
        .setMaxOutputTokens(cap != null ? cap : parameters.countOrNull("max_completion_tokens"));
    String served = payload.objectOrEmpty("response").label("service_tier");
    draft.serviceTiers(
        parameters.label("service_tier"), CallTypes.isBatch(callType) ? "batch" : served);
    JsonObject headers = payload.objectOrEmpty("hidden_params").objectOrEmpty("additional_headers");
    // https://docs.litellm.ai/docs/proxy/response_headers
    Long retries = headers.countOrNull("x-litellm-attempted-retries");
    draft.fields().setAttempt(retries == null ? null : (int) Math.min(retries + 1, 1000));
    draft.tags().put("litellm.fallbacks", headers.label("x-litellm-attempted-fallbacks"));
    // A call of an MCP tool is a step of the run, but no model worked for it.
    if (CallTypes.isTool(callType)) {
      draft.fields().setCostRole(CostRole.ROLLUP);
    }
  }

  private static void readOutcome(JsonObject payload, EventDraft draft) throws RejectedException {
    String status = payload.text("status");
    if (status == null || status.equals("success")) {
      return;
    }
    if (!status.equals("failure")) {
      throw new RejectedException(Rejection.unknownValue("status", List.of("success", "failure")));
    }
    JsonObject error = payload.objectOrEmpty("error_information");
    String errorClass = error.label("error_class");
    draft.failed(errorClass == null || errorClass.isEmpty() ? "unknown" : errorClass);
    draft.tags().put("error_code", error.label("error_code"));
  }

  private static void readCost(JsonObject payload, EventDraft draft) throws RejectedException {
    BigDecimal cost = payload.decimal("response_cost");
    if (cost != null) {
      draft.fields().setProviderReportedCostUsd(Numbers.reportedCost("response_cost", cost));
    }
  }
}
