package io.tokenmeter.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The broker settings of the embedded broker: one node, no replication, few threads, no fsync. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String CLIENT_LISTENER = "CLIENT";
  private static final String MIB = "1048576";

  private BrokerSettings() {}

  static Map<String, String> of(
      Path dataDirectory, int clientPort, int controllerPort, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>();
    putNode(settings, dataDirectory, clientPort, controllerPort);
    putSingleReplica(settings);
    putSmallMachine(settings);
    settings.putAll(overrides);
    return settings;
  }

  private static void putNode(
      Map<String, String> settings, Path dataDirectory, int clientPort, int controllerPort) {
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put(
        "controller.quorum.voters", NODE_ID + "@" + LoopbackPorts.HOST + ":" + controllerPort);
    settings.put(
        "listeners",
        listener(CLIENT_LISTENER, clientPort)
            + ","
            + listener(CONTROLLER_LISTENER, controllerPort));
    settings.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("inter.broker.listener.name", CLIENT_LISTENER);
    settings.put("log.dirs", dataDirectory.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
  }

  private static String listener(String name, int port) {
    return name + "://" + LoopbackPorts.HOST + ":" + port;
  }

  private static void putSingleReplica(Map<String, String> settings) {
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
  }

  private static void putSmallMachine(Map<String, String> settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("num.recovery.threads.per.data.dir", "2");
    settings.put("background.threads", "2");
    settings.put("socket.send.buffer.bytes", MIB);
    settings.put("socket.receive.buffer.bytes", MIB);
    // The default of 128 MiB is taken from the heap at start-up.
    settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    settings.put("log.segment.delete.delay.ms", "1000");
    settings.put("metric.reporters", "");
  }
}
