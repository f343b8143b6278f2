package io.tokenmeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class EmbeddedEnvironmentTest {

  @Test
  void start_givesABrokerAndARegistryThatAnswer() throws Exception {
    try (EmbeddedEnvironment environment = EmbeddedEnvironment.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      assertThat(environment.registry().isHealthy()).isTrue();
    }
  }
}
