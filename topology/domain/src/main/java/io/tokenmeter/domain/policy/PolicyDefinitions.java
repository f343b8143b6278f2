package io.tokenmeter.domain.policy;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import io.tokenmeter.domain.budget.BudgetPolicy;
import io.tokenmeter.domain.drift.DriftPolicy;
import io.tokenmeter.domain.run.RunawayPolicy;
import io.tokenmeter.domain.silence.SilencePolicy;
import io.tokenmeter.domain.spike.SpikePolicy;
import io.tokenmeter.domain.stale.StalePolicy;
import io.tokenmeter.domain.unpriced.UnpricedPolicy;
import java.util.List;
import java.util.stream.Collectors;

/** What can be set, detector by detector. */
public final class PolicyDefinitions {
  /** Detector anomaly. */
  public static final PolicyDefinition<AnomalyPolicy> ANOMALY = AnomalySettings.DEFINITION;

  /** Detector budget. */
  public static final PolicyDefinition<BudgetPolicy> BUDGET = BudgetSettings.DEFINITION;

  /** Detector request-spike. */
  public static final PolicyDefinition<SpikePolicy> REQUEST_SPIKE = SpikeSettings.DEFINITION;

  /** Detector model-drift. */
  public static final PolicyDefinition<DriftPolicy> MODEL_DRIFT = DriftSettings.DEFINITION;

  /** Detector runaway-workflow. */
  public static final PolicyDefinition<RunawayPolicy> RUNAWAY_WORKFLOW = RunawaySettings.DEFINITION;

  /** Detector unpriced-model. */
  public static final PolicyDefinition<UnpricedPolicy> UNPRICED_MODEL = UnpricedSettings.DEFINITION;

  /** Detector stale-prices. */
  public static final PolicyDefinition<StalePolicy> STALE_PRICES = StaleSettings.DEFINITION;

  /** Detector ingest-silence. */
  public static final PolicyDefinition<SilencePolicy> INGEST_SILENCE = SilenceSettings.DEFINITION;

  /** All of them, in the order of {@link Detector}. */
  public static final List<PolicyDefinition<?>> ALL =
      List.of(
          ANOMALY,
          BUDGET,
          REQUEST_SPIKE,
          MODEL_DRIFT,
          RUNAWAY_WORKFLOW,
          UNPRICED_MODEL,
          STALE_PRICES,
          INGEST_SILENCE);

  private PolicyDefinitions() {}

  /**
   * The definition of a detector by its label.
   *
   * @throws IllegalArgumentException naming the known ones, if there is none of that name
   */
  public static PolicyDefinition<?> of(String detector) {
    return ALL.stream()
        .filter(definition -> definition.detector().label().equals(detector))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown detector '"
                        + detector
                        + "'; known are "
                        + ALL.stream()
                            .map(definition -> definition.detector().label())
                            .collect(Collectors.joining(", "))));
  }
}
