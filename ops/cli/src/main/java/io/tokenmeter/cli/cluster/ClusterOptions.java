package io.tokenmeter.cli.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that name a cluster; what is given on the command line wins over the file. */
public final class ClusterOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "BROKERS",
      description = "Kafka brokers to connect to first, as host:port,host:port.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file with the settings of the application.")
  private @Nullable Path config;

  /** Whether a cluster was named at all. */
  public boolean isGiven() {
    return bootstrapServers != null || config != null;
  }

  /**
   * The settings of the named cluster.
   *
   * @throws ParameterException if no brokers were named
   */
  public Map<String, String> settings() {
    Map<String, String> settings = config == null ? new TreeMap<>() : SettingsFile.read(config);
    if (bootstrapServers != null) {
      settings.put("bootstrap.servers", bootstrapServers);
    }
    if (settings.getOrDefault("bootstrap.servers", "").isBlank()) {
      throw new ParameterException(
          command.commandLine(),
          config == null
              ? "name the cluster with --bootstrap-servers or --config"
              : config + " has no bootstrap.servers; add it or give --bootstrap-servers");
    }
    return settings;
  }

  /** The options as the user gave them, to be repeated in a command that is suggested. */
  public String asGiven() {
    return (bootstrapServers == null ? "" : " --bootstrap-servers " + bootstrapServers)
        + (config == null ? "" : " --config " + config);
  }
}
