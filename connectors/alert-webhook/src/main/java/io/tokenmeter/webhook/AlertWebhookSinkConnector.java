package io.tokenmeter.webhook;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Posts each alert to one receiver: a Slack channel, a PagerDuty service or a webhook. */
public final class AlertWebhookSinkConnector extends SinkConnector {

  private Map<String, String> settings = Map.of();

  @Override
  public void start(Map<String, String> properties) {
    settings = Map.copyOf(properties);
    new AlertWebhookConfig(settings); // fails here, where the message is seen, not in each task
  }

  @Override
  public Class<? extends Task> taskClass() {
    return AlertWebhookSinkTask.class;
  }

  /** An alert's records share a partition, so tasks keep the order of each alert. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return Collections.nCopies(maxTasks, settings);
  }

  @Override
  public void stop() {
    // Nothing is open.
  }

  @Override
  public ConfigDef config() {
    return AlertWebhookConfig.DEFINITION;
  }

  @Override
  public String version() {
    return version(AlertWebhookSinkConnector.class);
  }

  /** The version in the jar's manifest; Kafka's where there is none, as in tests. */
  static String version(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? AppInfoParser.getVersion() : version;
  }
}
