package io.tokenmeter.benchmarks;

import io.tokenmeter.benchmarks.process.BrokerAddresses;
import io.tokenmeter.benchmarks.rungs.DslRung;
import io.tokenmeter.benchmarks.rungs.TokenmeterInputs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a bench run: the filled input, which stays, and outputs, new for every run of a
 * rung.
 */
final class BenchTopics implements AutoCloseable {
  static final String PREFIX = "bench.";
  static final String INPUT = PREFIX + "usage-events";

  private static final String PRICE_TABLE = "price-table";
  private static final List<String> TABLES = List.of(PRICE_TABLE, "detector-policies", "budgets");
  private static final List<String> OUTPUTS =
      List.of(
          "reprice-requests", // an input, of which a bench run has none
          "costed-usage",
          "usage-rollups",
          "workflow-runs",
          "alerts",
          "rejected-events");
  private static final Map<String, String> SETTINGS =
      Map.of("message.timestamp.type", "LogAppendTime", "segment.bytes", "1073741824");

  private final BrokerAddresses addresses;
  private final int partitions;
  private final Admin admin;
  private final @Nullable TokenmeterInputs tokenmeterInputs;

  BenchTopics(BrokerAddresses addresses, int partitions) {
    this.addresses = addresses;
    this.partitions = partitions;
    admin = Admin.create(Map.of("bootstrap.servers", addresses.bootstrapServers()));
    String registry = addresses.registryUrl();
    tokenmeterInputs =
        registry == null
            ? null
            : new TokenmeterInputs(addresses.bootstrapServers(), registry, PREFIX);
  }

  /** The id under which the registry knows the current UsageEvent; 1 where there is no registry. */
  int eventSchemaId() {
    return tokenmeterInputs == null ? 1 : tokenmeterInputs.registerEventSchema();
  }

  void createInput() {
    create(INPUT, partitions, SETTINGS);
  }

  /** Publishes the workload's prices for the rungs that read them from a topic. */
  void publishPrices() {
    create(PREFIX + DslRung.PRICES, 1, Map.of("cleanup.policy", "compact"));
    DslRung.publishPrices(addresses.bootstrapServers(), PREFIX + DslRung.PRICES);
    if (tokenmeterInputs != null) {
      TABLES.forEach(name -> create(PREFIX + name, 1, Map.of("cleanup.policy", "compact")));
      tokenmeterInputs.publishPrices();
    }
  }

  /** Deletes whatever the last run wrote, and creates empty outputs. */
  void recreateOutputs() {
    try {
      Set<String> old = new HashSet<>(admin.listTopics().names().get());
      old.removeAll(Set.of(INPUT, PREFIX + DslRung.PRICES));
      TABLES.forEach(name -> old.remove(PREFIX + name));
      admin.deleteTopics(new ArrayList<>(old)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot delete the last run's topics", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    OUTPUTS.forEach(name -> create(PREFIX + name, partitions, SETTINGS));
  }

  private void create(String name, int partitionCount, Map<String, String> settings) {
    try {
      NewTopic topic = new NewTopic(name, partitionCount, (short) 1).configs(settings);
      for (int attempt = 1; ; attempt++) {
        try {
          admin.createTopics(List.of(topic)).all().get();
          return;
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException) || attempt == 50) {
            throw new IllegalStateException("Cannot create " + name, e.getCause());
          }
          TimeUnit.MILLISECONDS.sleep(200); // its predecessor is still being deleted
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted", e);
  }

  @Override
  public void close() {
    admin.close();
  }
}
