package io.tokenmeter.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.embedded.BrokerOptions;
import io.tokenmeter.embedded.EmbeddedBroker;
import io.tokenmeter.embedded.EmbeddedEnvironment;
import io.tokenmeter.embedded.EnvironmentOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Main of the broker's process. It answers on standard output: first with its addresses, then every
 * line of standard input with the bytes that producers have sent to each topic. It ends when
 * standard input does.
 */
public final class BrokerMain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BrokerMain() {}

  /** Arguments: the data directory, and whether a registry is wanted. */
  public static void main(String[] args) throws Exception {
    BrokerOptions options = BrokerOptions.defaults().withDataDirectory(Path.of(args[0]));
    if (Boolean.parseBoolean(args[1])) {
      try (EmbeddedEnvironment environment =
          EmbeddedEnvironment.start(EnvironmentOptions.defaults().withBroker(options))) {
        serve(new BrokerAddresses(environment.bootstrapServers(), environment.registryUrl()));
      }
    } else {
      try (EmbeddedBroker broker = EmbeddedBroker.start(options)) {
        serve(new BrokerAddresses(broker.bootstrapServers(), null));
      }
    }
    System.exit(0);
  }

  private static void serve(BrokerAddresses addresses) throws IOException, JMException {
    answer(addresses);
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (questions.readLine() != null) {
      answer(bytesByTopic());
    }
  }

  private static void answer(Object value) throws IOException {
    System.out.println(JSON.writeValueAsString(value));
    System.out.flush();
  }

  private static Map<String, Long> bytesByTopic() throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName names =
        new ObjectName("kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=*");
    Map<String, Long> bytes = new TreeMap<>();
    for (ObjectName name : server.queryNames(names, null)) {
      bytes.put(name.getKeyProperty("topic"), (Long) server.getAttribute(name, "Count"));
    }
    return bytes;
  }
}
