package io.tokenmeter.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What may be chosen about the embedded schema registry.
 *
 * @param dataDirectory where the registry keeps its database and its log; kept on close. Null: a
 *     temporary directory, deleted on close.
 * @param port the HTTP port on 127.0.0.1; 0 takes a free one.
 * @param startTimeout how long the server may take until it answers.
 * @param progress receives a line when something takes long (the first download).
 */
public record RegistryOptions(
    @Nullable Path dataDirectory, int port, Duration startTimeout, Consumer<String> progress) {

  public static RegistryOptions defaults() {
    return new RegistryOptions(null, 0, Duration.ofSeconds(60), System.err::println);
  }

  public RegistryOptions withDataDirectory(Path directory) {
    return new RegistryOptions(directory, port, startTimeout, progress);
  }

  public RegistryOptions withPort(int newPort) {
    return new RegistryOptions(dataDirectory, newPort, startTimeout, progress);
  }

  public RegistryOptions withStartTimeout(Duration timeout) {
    return new RegistryOptions(dataDirectory, port, timeout, progress);
  }

  public RegistryOptions withProgress(Consumer<String> listener) {
    return new RegistryOptions(dataDirectory, port, startTimeout, listener);
  }
}
