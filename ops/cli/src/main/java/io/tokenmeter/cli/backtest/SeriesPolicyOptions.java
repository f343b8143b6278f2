package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.DurationConverter;
import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import io.tokenmeter.domain.anomaly.series.SeriesPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** When a row is an alert, as the settings of the anomaly detector's policy say it. */
final class SeriesPolicyOptions {

  /** The names of rules on the command line. */
  static final class RuleConverter implements ITypeConverter<AnomalyPolicy.Rule> {
    @Override
    public AnomalyPolicy.Rule convert(String text) {
      for (AnomalyPolicy.Rule rule : AnomalyPolicy.Rule.values()) {
        if (name(rule).equals(text)) {
          return rule;
        }
      }
      throw new TypeConversionException(
          "'" + text + "' is not one of robust, two-standard-deviations");
    }
  }

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Take the settings from a YAML file of policies, as 'tokenmeter policies apply' reads it;"
              + " the options below replace single ones.")
  private @Nullable Path file;

  @Option(
      names = "--subject",
      paramLabel = "DIMENSION:KEY",
      description =
          "Whose series it is, such as team:helpdesk, where the file has several policies.")
  private @Nullable String subject;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      converter = RuleConverter.class,
      description =
          "What scores: robust, or two-standard-deviations, which is mean ± 2 standard deviations of"
              + " the seven days before. Default: robust.")
  private AnomalyPolicy.@Nullable Rule rule;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "Score from which a row is abnormal, above 0 to 1. Default: 0.5.")
  private @Nullable Double threshold;

  @Option(
      names = "--false-alarms",
      paramLabel = "NUMBER",
      description =
          "Alarms by chance that are tolerated in a week, instead of --threshold. Rule robust only.")
  private @Nullable Double falseAlarms;

  @Option(
      names = "--minimum-ratio",
      paramLabel = "RATIO",
      description =
          "How many times the usual a value must be, or what share of it if lower. Default: 1, any.")
  private @Nullable Double minimumRatio;

  @Option(
      names = "--floor",
      paramLabel = "AMOUNT",
      description =
          "How much a value must be off, summed up over a day: dollars a day, if values are dollars."
              + " Default: 0.")
  private @Nullable Double floor;

  @Option(
      names = "--persistence",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long rows must stay abnormal, such as 15m. Default: 0s, one row will do.")
  private @Nullable Duration persistence;

  @Option(
      names = "--cool-down",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long after an alert the next one may begin, such as 2h. Default: 30m.")
  private @Nullable Duration coolDown;

  /**
   * The policy: what the options say, else the file, else the defaults.
   *
   * @throws ParameterException if the options contradict each other or are out of range
   */
  SeriesPolicy policy(CommandLine command) throws IOException {
    if (threshold != null && falseAlarms != null) {
      throw new ParameterException(command, "give --threshold or --false-alarms, not both");
    }
    if (subject != null && file == null) {
      throw new ParameterException(
          command, "--subject chooses among the policies of --policy FILE");
    }
    SeriesPolicy base =
        file == null
            ? SeriesPolicy.DEFAULT
            : SeriesPolicy.of(PolicyChoice.read(file, subject, command.getErr()));
    AnomalyPolicy.Rule chosen = given(rule, base.rule());
    boolean robust = chosen == AnomalyPolicy.Rule.ROBUST;
    if (falseAlarms != null && !robust) {
      throw new ParameterException(command, "--false-alarms is for --rule robust only");
    }
    try {
      return new SeriesPolicy(
          chosen,
          given(threshold, base.threshold()),
          threshold == null && robust ? falseAlarms(base) : OptionalDouble.empty(),
          given(minimumRatio, base.minimumRatio()),
          given(floor, base.floor()),
          given(persistence, base.persistence()),
          given(coolDown, base.coolDown()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }

  private OptionalDouble falseAlarms(SeriesPolicy base) {
    return falseAlarms == null ? base.falseAlarms() : OptionalDouble.of(falseAlarms);
  }

  private static <T> T given(@Nullable T option, T otherwise) {
    return option == null ? otherwise : option;
  }

  /** The rule's name on the command line. */
  static String name(AnomalyPolicy.Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
