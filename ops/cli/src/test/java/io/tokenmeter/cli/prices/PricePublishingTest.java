package io.tokenmeter.cli.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.CommandRun;
import io.tokenmeter.embedded.EmbeddedEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices on a real broker, written through a real registry. */
class PricePublishingTest {
  @TempDir Path directory;

  @Test
  void publishedRows_areListed_replacedAndWithdrawn() throws Exception {
    try (EmbeddedEnvironment environment = EmbeddedEnvironment.start()) {
      Path config = directory.resolve("tokenmeter.properties");
      Files.write(
          config,
          List.of(
              "bootstrap.servers=" + environment.bootstrapServers(),
              "registry.url=" + environment.registryUrl()));
      String on = config.toString();
      assertThat(CommandRun.of("prices", "publish", "--bundled", "--config", on).err())
          .contains("there is no topic tokenmeter.price-table", "tokenmeter topics create");
      assertThat(CommandRun.of("topics", "create", "--config", on).exitCode()).isZero();

      CommandRun published =
          CommandRun.of("prices", "publish", "--bundled", "--json", "--config", on);
      assertThat(published.exitCode()).as(published.err()).isZero();
      assertThat(published.out()).contains("\"topic\" : \"tokenmeter.price-table\"");
      assertThat(rows("--config", on)).isEqualTo(rows("--bundled"));

      // The same row at another price, and a new one.
      String own = list("own.yaml", "gpt-4o", "9.99");
      CommandRun.of("prices", "publish", own, "--allow-warnings", "--config", on);
      assertThat(CommandRun.of("prices", "list", "--model", "gpt-4o", "--config", on).out())
          .contains("9.99");

      CommandRun withdrawn = CommandRun.of("prices", "publish", own, "--withdraw", "--config", on);
      assertThat(withdrawn.out()).isEqualTo("1 row withdrawn from tokenmeter.price-table\n");
      List<String> left = rows("--config", on);
      assertThat(left).hasSize(rows("--bundled").size() - 1);
    }
  }

  /** The rows' keys in order. */
  private static List<String> rows(String... source) {
    List<String> command = new ArrayList<>(List.of("prices", "list", "--json"));
    command.addAll(List.of(source));
    CommandRun run = CommandRun.of(command.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out().lines().filter(line -> line.contains("\"key\"")).sorted().toList();
  }

  private String list(String name, String model, String price) throws IOException {
    return Files.writeString(
            directory.resolve(name),
            """
            prices:
              - provider: openai
                model: %s
                usd_per_million: {input_tokens: %s, output_tokens: 20}
            """
                .formatted(model, price))
        .toString();
  }
}
