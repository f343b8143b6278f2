package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.DurationConverter;
import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import io.tokenmeter.domain.anomaly.series.SeriesPolicy;
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
      names = "--rule",
      paramLabel = "RULE",
      converter = RuleConverter.class,
      defaultValue = "robust",
      description =
          "What scores: robust, or two-standard-deviations, which is mean ± 2 standard deviations of"
              + " the seven days before. Default: robust.")
  private AnomalyPolicy.Rule rule;

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
      defaultValue = "1",
      description =
          "How many times the usual a value must be, or what share of it if lower. Default: 1, any.")
  private double minimumRatio;

  @Option(
      names = "--floor",
      paramLabel = "AMOUNT",
      defaultValue = "0",
      description =
          "How much a value must be off, summed up over a day: dollars a day, if values are dollars."
              + " Default: 0.")
  private double floor;

  @Option(
      names = "--persistence",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "0",
      description = "How long rows must stay abnormal, such as 15m. Default: 0, one row will do.")
  private Duration persistence;

  @Option(
      names = "--cool-down",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "30m",
      description = "How long after an alert the next one may begin, such as 2h. Default: 30m.")
  private Duration coolDown;

  /** The policy, or wrong usage. */
  SeriesPolicy policy(CommandLine command) {
    if (threshold != null && falseAlarms != null) {
      throw new ParameterException(command, "give --threshold or --false-alarms, not both");
    }
    if (falseAlarms != null && rule != AnomalyPolicy.Rule.ROBUST) {
      throw new ParameterException(command, "--false-alarms is for --rule robust only");
    }
    try {
      return new SeriesPolicy(
          rule,
          threshold == null ? SeriesPolicy.USUAL_THRESHOLD : threshold,
          falseAlarms == null ? OptionalDouble.empty() : OptionalDouble.of(falseAlarms),
          minimumRatio,
          floor,
          persistence,
          coolDown);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }

  /** The rule's name on the command line. */
  static String name(AnomalyPolicy.Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
