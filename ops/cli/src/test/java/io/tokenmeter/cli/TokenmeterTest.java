package io.tokenmeter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class TokenmeterTest {

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommand_hasHelpOnStandardOutput(List<String> command) {
    List<String> arguments = new ArrayList<>(command);
    arguments.add("--help");

    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: " + String.join(" ", prepend("tokenmeter", command)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandThatDoesSomething_showsAnExample(List<String> command) {
    CommandLine line = find(command);
    if (line.getSubcommands().isEmpty()) {
      assertThat(line.getCommandSpec().usageMessage().footer())
          .as(String.join(" ", command))
          .anyMatch(text -> text.startsWith("Example: tokenmeter " + String.join(" ", command)));
    }
  }

  @Test
  void version_isTheOneOfTheBuild() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("tokenmeter \\d+\\.\\d+\\.\\d+\\S*\\R");
    assertThat(CommandRun.of("topics", "create", "--version").out()).isEqualTo(run.out());
  }

  @Test
  void noCommand_isWrongUsage() {
    assertWrongUsage(CommandRun.of(), "tokenmeter: Missing required subcommand");
    assertWrongUsage(CommandRun.of("topics"), "tokenmeter: Missing required subcommand");
  }

  @Test
  void unknownOption_isWrongUsageWithTheSynopsisAndAHint() {
    CommandRun run = CommandRun.of("topics", "create", "--partition", "3");

    assertWrongUsage(run, "tokenmeter: Unknown option");
    assertThat(run.err())
        .contains("--partitions")
        .contains("Usage: tokenmeter topics create")
        .endsWith("Try 'tokenmeter topics create --help'.\n");
  }

  @Test
  void unknownCommand_suggestsASimilarOne() {
    CommandRun run = CommandRun.of("topic");

    assertWrongUsage(run, "tokenmeter: no such command: 'topic'");
    assertThat(run.err()).contains("Did you mean: ").contains("topics");
  }

  @Test
  void limitThatShowsNothing_isWrongUsage() {
    for (String wrong : List.of("0", "-3", "many")) {
      assertWrongUsage(
          CommandRun.of("runs", "list", "--limit", wrong),
          "tokenmeter: Invalid value for option '--limit': '"
              + wrong
              + "' is not a whole number from 1 on");
    }
  }

  @Test
  void clusterCommandWithoutACluster_saysHowToNameOne() {
    assertWrongUsage(
        CommandRun.of("topics", "describe"),
        "tokenmeter: name the cluster with --bootstrap-servers or --config");
  }

  @Test
  void negativePartitions_areWrongUsage() {
    assertWrongUsage(
        CommandRun.of("topics", "create", "--bootstrap-servers", "x:1", "--partitions", "0"),
        "tokenmeter: --partitions must be 1 or more");
  }

  @Test
  void unknownFormat_isAnsweredWithTheNamesThereAre() {
    assertWrongUsage(
        CommandRun.of("replay", "x", "--format", "csv"),
        "tokenmeter: Invalid value for option '--format':"
            + " 'csv' is not one of usage-json, azure-llm-trace\n");
    assertWrongUsage(
        CommandRun.of("replay", "x", "--format", "usage-json", "--prices-format", "x"),
        "tokenmeter: Invalid value for option '--prices-format':"
            + " 'x' is not one of tokenmeter, genai-prices, litellm\n");
  }

  @Test
  void traceWithoutAModel_isWrongUsage() {
    assertWrongUsage(
        CommandRun.of("replay", "x", "--format", "azure-llm-trace", "--provider", "p"),
        "tokenmeter: --format azure-llm-trace needs --provider and --model");
    assertWrongUsage(
        CommandRun.of("replay", "x", "--format", "usage-json", "--model", "m"),
        "tokenmeter: --format usage-json takes provider and model from the file");
  }

  @Test
  void fileOfAnotherFormat_isRefusedBeforeAnythingIsStarted(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("usage.jsonl"), "{}\n");

    CommandRun run =
        CommandRun.of(
            "replay",
            file.toString(),
            "--format=azure-llm-trace",
            "--provider=openai",
            "--model=gpt-4o");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "tokenmeter: "
                + file
                + " is not in the format azure-llm-trace:"
                + " no header TIMESTAMP,ContextTokens,GeneratedTokens on the first line\n");
  }

  @Test
  void demoWithNonsense_isWrongUsage() {
    assertWrongUsage(
        CommandRun.of("demo", "--rate", "0"),
        "tokenmeter: --rate must be from 6 to 120 events per second");
    assertWrongUsage(
        CommandRun.of("demo", "--duration", "soon"),
        "tokenmeter: Invalid value for option '--duration':"
            + " 'soon' is not a time such as 90s, 5m or 1h");
  }

  @Test
  void missingConfigFile_isOneLineOnStandardError() {
    CommandRun run = CommandRun.of("topics", "describe", "--config", "nowhere.properties");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "tokenmeter: no such file: nowhere.properties;"
                + " 'tokenmeter settings' lists what it may hold\n");
  }

  @Test
  void debug_addsTheStackTrace() {
    CommandRun run =
        CommandRun.of("topics", "describe", "--config", "nowhere.properties", "--debug");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("\tat io.tokenmeter.cli");
  }

  @Test
  void configWithoutBrokers_isWrongUsage(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a.properties"), "topic.prefix=x.\n");

    assertWrongUsage(
        CommandRun.of("topics", "describe", "--config", file.toString()),
        "tokenmeter: " + file + " has no bootstrap.servers; add it or give --bootstrap-servers");
  }

  @Test
  void addressThatCannotBe_isNamed() {
    CommandRun run = CommandRun.of("topics", "describe", "--bootstrap-servers", "no-port");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("tokenmeter: wrong setting: Invalid url in bootstrap.servers: no-port\n");
  }

  private static void assertWrongUsage(CommandRun run, String message) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(message).contains("Usage: tokenmeter");
  }

  static List<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(Tokenmeter.commandLine(), List.of(), all);
    return all;
  }

  private static void collect(CommandLine line, List<String> path, List<List<String>> all) {
    all.add(path);
    line.getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              collect(sub, longer, all);
            });
  }

  private static CommandLine find(List<String> command) {
    CommandLine line = Tokenmeter.commandLine();
    for (String name : command) {
      line = line.getSubcommands().get(name);
    }
    return line;
  }

  private static List<String> prepend(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }
}
