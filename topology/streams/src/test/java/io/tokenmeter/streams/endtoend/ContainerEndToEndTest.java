package io.tokenmeter.streams.endtoend;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.exception.NotFoundException;
import io.tokenmeter.embedded.EmbeddedRegistry;
import io.tokenmeter.streams.cluster.Cluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * On Kafka in a container and the embedded registry. Skipped where there is no Docker, or where it
 * does not have the image: nothing is pulled.
 */
class ContainerEndToEndTest extends EndToEndTest {
  private static final String IMAGE =
      System.getProperty("tokenmeter.test.kafka.image", "apache/kafka:4.3.1");

  private static KafkaContainer kafka;
  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "Skipped: no Docker engine answers here.");
    assumeTrue(
        hasImage(),
        "Skipped: Docker does not have the image " + IMAGE + ". Get it with: docker pull " + IMAGE);
    kafka =
        new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"))
            .withImagePullPolicy(image -> false)
            .withStartupTimeout(PATIENCE);
    kafka.start();
    registry = EmbeddedRegistry.start();
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
    if (kafka != null) {
      kafka.stop();
    }
  }

  private static boolean hasImage() {
    try {
      DockerClientFactory.instance().client().inspectImageCmd(IMAGE).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  @Override
  Cluster cluster() {
    return new Cluster(kafka.getBootstrapServers(), registry.url(), registry.confluentUrl());
  }
}
