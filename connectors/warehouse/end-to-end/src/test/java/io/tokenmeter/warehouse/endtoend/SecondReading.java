package io.tokenmeter.warehouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.warehouse.SinkConnector;
import io.tokenmeter.warehouse.SinkKind;
import java.util.List;

/** Makes sinks read their topics again from the start, as a user does. */
final class SecondReading {

  private final Deployment deployment;

  SecondReading(Deployment deployment) {
    this.deployment = deployment;
  }

  /** Resets the offsets of all sinks of a kind, and waits until they have read everything again. */
  void of(SinkKind kind) throws Exception {
    List<SinkConnector> connectors = SinkConnector.all(kind, "tokenmeter.");
    for (SinkConnector connector : connectors) {
      deployment.connect().stop(connector.name());
    }
    for (SinkConnector connector : connectors) {
      Await.until(
          connector.name() + " has stopped",
          () -> deployment.connect().status(connector.name()).tasks().isEmpty());
      deployment.connect().resetOffsets(connector.name());
      assertThat(isRead(connector)).isFalse();
      deployment.connect().resume(connector.name());
    }
    for (SinkConnector connector : connectors) {
      Await.until(connector.name() + " has read everything again", () -> isRead(connector));
    }
  }

  private boolean isRead(SinkConnector connector) throws Exception {
    String topic = connector.config().get("topics").substring("tokenmeter.".length());
    return deployment.topics().isRead(topic, connector.name());
  }
}
