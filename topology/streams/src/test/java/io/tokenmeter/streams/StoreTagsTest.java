package io.tokenmeter.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class StoreTagsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void storesOfTwoTypes_areBothScraped() {
    registry.config().meterFilter(new StoreTags());

    register(registry, "rocksdb.state.id", "roll-up-windows");
    register(registry, "rocksdb.window.state.id", "calculate-cost-revisions");

    assertThat(registry.scrape())
        .contains(
            "kafka_stream_state_put_rate{store=\"roll-up-windows\",store_type=\"rocksdb\"} 1.0",
            "kafka_stream_state_put_rate{store=\"calculate-cost-revisions\","
                + "store_type=\"rocksdb.window\"} 1.0");
  }

  @Test
  void otherMetricsOfKafka_keepTheirTags() {
    registry.config().meterFilter(new StoreTags());

    Gauge.builder("kafka.stream.task.process.rate", () -> 2)
        .tag("task.id", "0_1")
        .register(registry);

    assertThat(registry.scrape()).contains("kafka_stream_task_process_rate{task_id=\"0_1\"} 2.0");
  }

  private static void register(MeterRegistry registry, String key, String store) {
    Gauge.builder("kafka.stream.state.put.rate", () -> 1).tag(key, store).register(registry);
  }
}
