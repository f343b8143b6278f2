package io.tokenmeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class EmbeddedEnvironmentTest {

  @Test
  void start_givesABrokerAndARegistry_andCloseTakesThemAwayAfterTheirUsers() throws Exception {
    List<String> closed = new ArrayList<>();
    EmbeddedEnvironment environment = EmbeddedEnvironment.start();
    long registry = environment.registry().pid();
    try (Admin admin = new KafkaTool(environment.bootstrapServers()).admin()) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      assertThat(environment.registry().isHealthy()).isTrue();
      assertThat(environment.clientProperties())
          .containsEntry("bootstrap.servers", environment.bootstrapServers())
          .containsEntry("apicurio.registry.url", environment.registryUrl())
          .containsEntry("schema.registry.url", environment.confluentRegistryUrl());
      environment.closeFirst(
          () -> closed.add("first while running: " + environment.broker().isRunning()));
      environment.closeFirst(() -> closed.add("last handed over"));
      environment.closeFirst(
          () -> {
            throw new IllegalStateException("a user that fails to close");
          });
    }

    environment.close();

    assertThat(closed).containsExactly("last handed over", "first while running: true");
    assertThat(ProcessHandle.of(registry)).isEmpty();
    assertThat(environment.broker().isRunning()).isFalse();
    assertThatCode(environment::close).doesNotThrowAnyException();
  }

  @Test
  void start_whenTheBrokerCannotStart_saysSoAndLeavesNoRegistry() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      EnvironmentOptions options =
          EnvironmentOptions.defaults()
              .withBroker(BrokerOptions.defaults().withPort(busy.getLocalPort()));

      assertThatThrownBy(() -> EmbeddedEnvironment.start(options))
          .isInstanceOf(EmbeddedException.class)
          .hasMessageContaining("already in use");
    }
  }

  @Test
  void registry_whenItsParentIsKilled_ends() throws Exception {
    Process parent = startElsewhere();
    ProcessHandle registry = registryOf(parent);

    parent.destroyForcibly();

    registry.onExit().get(10, TimeUnit.SECONDS);
    assertThat(registry.isAlive()).isFalse();
  }

  @Test
  void ctrlC_closesUsersThenTheEnvironment() throws Exception {
    Process parent = startElsewhere();
    BufferedReader output = parent.inputReader(StandardCharsets.UTF_8);
    ProcessHandle registry = registryOf(output);

    Command.run(Path.of("/"), List.of("kill", "-INT", Long.toString(parent.pid())));

    assertThat(output.readLine()).isEqualTo("user closed, broker running: true");
    assertThat(parent.waitFor(20, TimeUnit.SECONDS)).isTrue();
    registry.onExit().get(10, TimeUnit.SECONDS);
    assertThat(registry.isAlive()).isFalse();
  }

  /** Starts an environment in another JVM, prints the registry's process id, and waits. */
  static final class Elsewhere {
    public static void main(String[] args) throws InterruptedException {
      EmbeddedEnvironment environment = EmbeddedEnvironment.start();
      environment.closeFirst(
          () ->
              System.out.println(
                  "user closed, broker running: " + environment.broker().isRunning()));
      System.out.println(environment.registry().pid());
      Thread.sleep(60_000);
    }
  }

  private static Process startElsewhere() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Elsewhere.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ProcessHandle registryOf(Process parent) throws Exception {
    return registryOf(parent.inputReader(StandardCharsets.UTF_8));
  }

  private static ProcessHandle registryOf(BufferedReader output) throws Exception {
    return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
  }
}
