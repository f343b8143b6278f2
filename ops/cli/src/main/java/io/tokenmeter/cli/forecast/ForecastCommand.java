package io.tokenmeter.cli.forecast;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.CountConverter;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.cli.totals.LatestRollups;
import io.tokenmeter.domain.forecast.MonthForecast;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Forecasts the end of the month. */
@Command(
    name = "forecast",
    description = {
      "Says what each subject is going to have spent when the month ends, with a range.",
      "What was spent until now is exact, from the roll-ups of days. The rest is estimated: the"
          + " median of each day of the week over eight weeks, times how many times the usual the"
          + " last seven days were. The range is where 8 of 10 forecasts of the subject's own past"
          + " came out, and ERROR is by how much half of them were off."
    },
    footer = {
      "",
      "Example: tokenmeter forecast --dimension team --config tokenmeter.properties",
      "Example: tokenmeter forecast --growth 1.5 --json --config tokenmeter.properties"
    })
public final class ForecastCommand implements Callable<Integer> {
  /** Eight weeks to judge by, eight more to look back from them, and the month before. */
  private static final int DAYS_READ = 160;

  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;

  @Option(
      names = "--dimension",
      paramLabel = "D",
      defaultValue = "model",
      description =
          "Whose spend to forecast: one of the application's dimensions, such as model, team,"
              + " project, api_key or customer. Default: ${DEFAULT-VALUE}.")
  private String dimension;

  @Option(
      names = "--growth",
      paramLabel = "FACTOR",
      description =
          "Also say what comes if from now on this many times as much is spent: 1.5 is half as much"
              + " again.")
  private @Nullable BigDecimal growth;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description =
          "Forecast as if this day were just beginning, from the days before it. Default: now.")
  private @Nullable LocalDate asOf;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = CountConverter.class,
      defaultValue = "20",
      description = "Show at most so many subjects. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    requireUsableOptions();
    SubjectSpend spend = new SubjectSpend(read(Cluster.of(deployment.settings())), asOf);
    ZoneId zone = requireUsage(spend);
    ZonedDateTime now = asOf == null ? ZonedDateTime.now(zone) : asOf.atStartOfDay(zone);
    ForecastReport report =
        new ForecastReport(
            dimension,
            now,
            growth,
            subjects(spend, now),
            MonthForecast.of(spend.total(), now),
            spend.unpriced());
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      report.json(out);
    } else {
      report.text(limit, Terminal.ofStandardOutput().size().columns()).forEach(out::println);
    }
    return 0;
  }

  private void requireUsableOptions() {
    try {
      Dimension.parse(dimension);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (growth != null && (growth.signum() < 0 || growth.precision() - growth.scale() > 6)) {
      throw new ParameterException(
          command.commandLine(), "--growth must be from 0 to 999999, not " + growth);
    }
  }

  private Collection<UsageRollup> read(Cluster on) throws Exception {
    Instant until = asOf == null ? Instant.now() : asOf.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant from = until.minus(Duration.ofDays(DAYS_READ));
    return LatestRollups.read(on, Granularity.DAY, dimension, from);
  }

  private ZoneId requireUsage(SubjectSpend spend) {
    ZoneId zone = spend.zone();
    if (zone == null || spend.last() == null) {
      throw new CommandFailedException(
          "no roll-ups of days by '"
              + dimension
              + "' in the "
              + DAYS_READ
              + " days before "
              + (asOf == null ? "now" : asOf)
              + "; the application keeps those of its setting rollup.dimensions,"
              + " and --as-of looks at an earlier time");
    }
    return zone;
  }

  private static List<SubjectForecast> subjects(SubjectSpend spend, ZonedDateTime now) {
    return spend.bySubject().entrySet().stream()
        .map(entry -> new SubjectForecast(entry.getKey(), MonthForecast.of(entry.getValue(), now)))
        .sorted(
            Comparator.comparing((SubjectForecast subject) -> subject.forecast().expected())
                .reversed()
                .thenComparing(SubjectForecast::name))
        .toList();
  }
}
