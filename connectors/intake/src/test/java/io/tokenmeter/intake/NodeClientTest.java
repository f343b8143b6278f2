package io.tokenmeter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.intake.fixture.Deployment;
import io.tokenmeter.intake.fixture.NodeProject;
import io.tokenmeter.streams.TokenmeterApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The producer's examples for Node.js, with kafkajs and Confluent's serializer. */
class NodeClientTest {
  private static final Path EXAMPLES = Path.of("..", "producer", "examples", "node");

  @TempDir Path directory;

  @Test
  void nodeClient_writesUsageThatIsPriced_andReadsItsCost() throws Exception {
    NodeProject node = NodeProject.install(EXAMPLES, Path.of("target", "node"));
    // The examples use the topics' default names.
    try (Deployment deployment = new Deployment("tokenmeter", directory)) {
      deployment.publishPrice("openai", "gpt-4o", "2.50", "10.00");
      TokenmeterApplication application = deployment.application();
      try {
        String kafka = deployment.environment().bootstrapServers();
        String registry = deployment.environment().confluentRegistryUrl();

        assertThat(node.run("produce.js", kafka, registry)).contains("sent node-1");
        String costs = node.run("read-costs.js", kafka, registry, "1");

        // 1,000 input tokens at 2.50 and 100 output tokens at 10 dollars a million.
        assertThat(costs).contains("node-1: $0.003500000000");
      } finally {
        application.closeAndLeave();
      }
    }
  }
}
