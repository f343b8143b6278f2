package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.RungRequest;
import io.tokenmeter.benchmarks.process.TotalsCheck;
import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.TokenmeterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Rungs (d) and (d-): Tokenmeter's own application with its default settings, and without
 * detectors.
 */
public final class TokenmeterRung implements RungApplication {
  private static final String COSTED = "costed-usage";
  private static final String ROLLUPS = "usage-rollups";

  private final RungRequest request;
  private final TokenmeterApplication application;

  /**
   * A rung for one process.
   *
   * @param detectors whether they are switched on
   */
  public TokenmeterRung(RungRequest request, boolean detectors) {
    this.request = request;
    application =
        new TokenmeterApplication(
            new TokenmeterConfig(
                Map.of(
                    TokenmeterConfig.BOOTSTRAP_SERVERS, request.bootstrapServers(),
                    TokenmeterConfig.REGISTRY_URL, Objects.requireNonNull(request.registryUrl()),
                    TokenmeterConfig.APPLICATION_ID, request.name(),
                    TokenmeterConfig.TOPIC_PREFIX, request.topicPrefix(),
                    TokenmeterConfig.STATE_DIR, request.stateDirectory(),
                    TokenmeterConfig.THREADS, request.threads(),
                    TokenmeterConfig.DETECTORS_ENABLED, detectors)));
  }

  @Override
  public String groupId() {
    return request.name();
  }

  @Override
  public void start() {
    application.start();
  }

  @Override
  public boolean finished() {
    if (application.state() == State.ERROR || application.state() == State.NOT_RUNNING) {
      throw new IllegalStateException("the application has stopped; its log says why");
    }
    return false;
  }

  @Override
  public void close() {
    application.close();
  }

  @Override
  public List<TotalsCheck> checkTotals() {
    OutputTotals outputs = new OutputTotals(request);
    List<TotalsCheck> checks = new ArrayList<>();
    checks.add(outputs.costed(request.topic(COSTED), true));
    checks.addAll(outputs.rollups(request.topic(ROLLUPS), true));
    return checks;
  }
}
