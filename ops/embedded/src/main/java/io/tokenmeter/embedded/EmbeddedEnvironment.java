package io.tokenmeter.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and a schema registry that live as long as this object, or this process.
 *
 * <pre>{@code
 * try (EmbeddedEnvironment environment = EmbeddedEnvironment.start()) {
 *   Properties client = new Properties();
 *   client.putAll(environment.clientProperties());
 *   ...
 * }
 * }</pre>
 *
 * <p>Whatever uses the environment must stop before it, also on Ctrl-C, where the JVM runs all
 * shutdown hooks at the same time: hand it to {@link #closeFirst}.
 */
public final class EmbeddedEnvironment implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedEnvironment.class);

  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;
  private final Deque<AutoCloseable> users = new ArrayDeque<>();
  private @Nullable Thread hook;
  private boolean closed;

  private EmbeddedEnvironment(EmbeddedBroker broker, EmbeddedRegistry registry) {
    this.broker = broker;
    this.registry = registry;
  }

  /** Starts an environment with temporary data on free ports. */
  public static EmbeddedEnvironment start() {
    return start(EnvironmentOptions.defaults());
  }

  /**
   * Starts the broker and the registry side by side and returns when both serve clients.
   *
   * @throws EmbeddedException if one of them cannot start; the other is stopped again
   */
  public static EmbeddedEnvironment start(EnvironmentOptions options) {
    CompletableFuture<EmbeddedRegistry> registry = new CompletableFuture<>();
    Thread starter =
        new Thread(
            () -> {
              try {
                registry.complete(EmbeddedRegistry.start(options.registry()));
              } catch (RuntimeException | Error e) {
                registry.completeExceptionally(e);
              }
            },
            "start-embedded-registry");
    starter.setDaemon(true);
    starter.start();

    EmbeddedBroker broker;
    try {
      broker = EmbeddedBroker.start(options.broker());
    } catch (RuntimeException | Error e) {
      // Without waiting: the registry may be in the middle of its download.
      var unused = registry.thenAccept(EmbeddedEnvironment::closeQuietly);
      throw e;
    }
    try {
      EmbeddedEnvironment environment = new EmbeddedEnvironment(broker, registry.join());
      if (options.shutdownHook()) {
        environment.closeOnExit();
      }
      return environment;
    } catch (CompletionException e) {
      broker.close();
      if (e.getCause() instanceof EmbeddedException failure) {
        throw failure;
      }
      throw new EmbeddedException("The embedded schema registry could not start.", e);
    }
  }

  /** The value for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** The address of the registry's own API, for {@code apicurio.registry.url}. */
  public String registryUrl() {
    return registry.url();
  }

  /** The address of the registry's Confluent-compatible API, for {@code schema.registry.url}. */
  public String confluentRegistryUrl() {
    return registry.confluentUrl();
  }

  /** The addresses under the names that Kafka clients and both families of serializers use. */
  public Map<String, String> clientProperties() {
    return Map.of(
        "bootstrap.servers", bootstrapServers(),
        "apicurio.registry.url", registryUrl(),
        "schema.registry.url", confluentRegistryUrl());
  }

  public EmbeddedBroker broker() {
    return broker;
  }

  public EmbeddedRegistry registry() {
    return registry;
  }

  /**
   * Closes something that uses the environment before the environment itself: on {@link #close()}
   * as well as on Ctrl-C. What was handed over last is closed first.
   *
   * @return what was handed over
   */
  public <T extends AutoCloseable> T closeFirst(T user) {
    synchronized (users) {
      users.push(user);
    }
    return user;
  }

  /** Closes the users, the registry and the broker, in this order. May be repeated. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    removeHook();
    closeUsers();
    registry.close();
    broker.close();
  }

  private void closeUsers() {
    while (true) {
      AutoCloseable next;
      synchronized (users) {
        next = users.poll();
      }
      if (next == null) {
        return;
      }
      closeQuietly(next);
    }
  }

  private void closeOnExit() {
    Thread closing = new Thread(this::close, "close-embedded-environment");
    Runtime.getRuntime().addShutdownHook(closing);
    hook = closing;
  }

  private void removeHook() {
    if (hook == null || hook == Thread.currentThread()) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already; the hook finds the environment closed.
    }
  }

  private static void closeQuietly(@Nullable AutoCloseable closeable) {
    if (closeable == null) {
      return;
    }
    try {
      closeable.close();
    } catch (Exception e) {
      log.warn("Could not close {}.", closeable, e);
    }
  }
}
