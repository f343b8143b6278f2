package io.tokenmeter.cli.cluster;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names a schema registry; it wins over the settings file. */
public final class RegistryOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description =
          "Schema registry, in the form that the serializer expects, such as"
              + " http://localhost:8080/apis/registry/v3. Default: registry.url of --config.")
  private @Nullable String registry;

  /**
   * Puts the registry into the settings.
   *
   * @throws ParameterException if none was named
   */
  public Map<String, String> addTo(Map<String, String> settings) {
    if (registry != null) {
      settings.put("registry.url", registry);
    }
    if (settings.getOrDefault("registry.url", "").isBlank()) {
      throw new ParameterException(
          command.commandLine(),
          "name the schema registry with --registry or registry.url in --config");
    }
    return settings;
  }
}
