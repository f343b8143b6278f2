package io.tokenmeter.cli.intake;

import io.tokenmeter.cli.SettingsPage;
import io.tokenmeter.intake.config.IntakeConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the reference of the intake's settings. */
@Command(
    name = "settings",
    description = "Prints the reference of all settings of the intake, as Markdown.",
    footer = {"", "Example: tokenmeter intake settings"})
final class IntakeSettingsCommand implements Callable<Integer> {

  private static final List<String> INTRODUCTION =
      List.of(
          "Settings of `ops/tokenmeter intake --config FILE`, a Java properties file. This page is",
          "printed by `ops/tokenmeter intake settings`; a test compares the two.",
          "",
          "What begins with `streams.` is handed to all Kafka clients, for instance",
          "`streams.security.protocol=SASL_SSL`; `producer.`, `consumer.`, `admin.` and `serde.` to",
          "the one client, or to the serializer, without the prefix. A setting that is not known",
          "is an error.",
          "",
          "## Tokens",
          "",
          "- `tokens.NAME.sha256`: the SHA-256 of a token, from `ops/tokenmeter intake token NAME`",
          "- `tokens.NAME.always.FIELD`: what all usage sent with it is, whatever it says itself",
          "- `tokens.NAME.default.FIELD`: what usage sent with it is where it does not say",
          "",
          "FIELD is one of api_key_id, customer_id, environment, project, region, team, user_id,",
          "workflow.",
          "",
          "## Topics of other systems",
          "",
          "- `sources.N.topic`: whole name of the topic; N is any name",
          "- `sources.N.format`: otlp_proto, otlp_json, usage_json, cloudevents or litellm",
          "- `sources.N.always.FIELD`, `sources.N.default.FIELD`: as for tokens");

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    lines().forEach(command.commandLine().getOut()::println);
    return 0;
  }

  static List<String> lines() {
    return SettingsPage.lines(INTRODUCTION, IntakeConfig.DEFINITION);
  }
}
