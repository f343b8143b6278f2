package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.DurationConverter;
import io.tokenmeter.domain.drift.DriftPolicy;
import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** When a mix has changed, as the settings of the drift detector's policy say it. */
final class DriftPolicyOptions {
  @Option(
      names = "--psi",
      paramLabel = "INDEX",
      defaultValue = "0.2",
      description =
          "Population stability index from which a mix has changed. Default: ${DEFAULT-VALUE}.")
  private double psi;

  @Option(
      names = "--jsd",
      paramLabel = "DISTANCE",
      defaultValue = "0.1",
      description =
          "Jensen-Shannon distance, 0 to 1, from which a mix has changed. Default: ${DEFAULT-VALUE}.")
  private double jsd;

  @Option(
      names = "--minimum-requests",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description =
          "Requests in at most an hour, or in a longer step, to judge them. Default:"
              + " ${DEFAULT-VALUE}.")
  private long minimumRequests;

  @Option(
      names = "--minimum-stake",
      paramLabel = "DOLLARS",
      defaultValue = "0",
      description =
          "The least that a change must cost, or save, in a day; needs a column cost_usd. Default:"
              + " 0, any.")
  private BigDecimal minimumStake;

  @Option(
      names = "--persistence",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "0",
      description = "How long a change must last, such as 15m. Default: 0, one time will do.")
  private Duration persistence;

  @Option(
      names = "--learning",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "1d",
      description = "How much history there must be before anything is judged. Default: 1d.")
  private Duration learning;

  @Option(
      names = "--adoption",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "1d",
      description = "After how long a changed mix is taken for the usual one. Default: 1d.")
  private Duration adoption;

  /** The policy, or wrong usage. */
  DriftPolicy policy(CommandLine command) {
    if (!(psi > 0) || !(jsd >= 0 && jsd <= 1) || minimumRequests < 1 || minimumStake.signum() < 0) {
      throw new ParameterException(
          command,
          "--psi must be above 0, --jsd between 0 and 1, --minimum-requests 1 or more, and"
              + " --minimum-stake 0 or more");
    }
    return new DriftPolicy(
        true,
        psi,
        jsd,
        minimumRequests,
        persistence,
        learning,
        adoption,
        Money.of(minimumStake),
        DriftPolicy.DEFAULT.warning(),
        DriftPolicy.DEFAULT.critical());
  }
}
