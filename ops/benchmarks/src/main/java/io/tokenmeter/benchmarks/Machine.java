package io.tokenmeter.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a figure depends on: processor, memory, Java and library versions. */
final class Machine {

  private Machine() {}

  static Map<String, Object> describe() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("cores", system.getAvailableProcessors());
    facts.put("memory_gib", Math.round(system.getTotalMemorySize() / (double) (1 << 30)));
    facts.put("os", system.getName() + " " + system.getVersion());
    facts.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    facts.put("kafka", AppInfoParser.getVersion());
    String avro = Schema.class.getPackage().getImplementationVersion();
    facts.put("avro", avro == null ? "unknown" : avro);
    return facts;
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (Stream<String> lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        // Only a description: the architecture will do.
      }
    }
    return System.getProperty("os.arch");
  }
}
