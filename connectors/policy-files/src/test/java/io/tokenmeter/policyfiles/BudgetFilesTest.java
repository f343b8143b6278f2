package io.tokenmeter.policyfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPeriod;
import io.tokenmeter.domain.money.Money;
import java.io.IOException;
import java.io.StringReader;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetFilesTest {

  private static final Budget MONTHLY =
      new Budget(
          "helpdesk-monthly",
          new Subject("team", "helpdesk"),
          BudgetPeriod.MONTH,
          Money.parse("50.000000000001"),
          ZoneId.of("Europe/Berlin"),
          List.of(50, 90, 150),
          "finance@example.com");
  private static final Budget DAILY =
      new Budget(
          "ci",
          new Subject("tag:env", "ci: \"nightly\""),
          BudgetPeriod.DAY,
          Money.parse("10"),
          ZoneId.of("UTC"),
          Budget.THRESHOLDS,
          null);

  @Test
  void budgets_areReadWithTheirDefaults() throws IOException {
    FileContents<Budget> contents =
        read(
            """
            budgets:
              - id: helpdesk-monthly
                subject: team:helpdesk
                period: month
                limit_usd: 50.000000000001
                time_zone: Europe/Berlin
                thresholds_percent: [50, 90, 150]
                owner: finance@example.com
              - {id: ci, subject: 'tag:env:ci: "nightly"', period: day, limit_usd: 10}
            """);

    assertThat(contents.errors()).isEmpty();
    assertThat(contents.entries()).extracting(FileEntry::value).containsExactly(MONTHLY, DAILY);
  }

  @Test
  void everyError_namesItsLine() throws IOException {
    FileContents<Budget> contents =
        read(
            """
            budgets:
              - subject: team:a
                period: week
                limit_usd: many
              - id: b
                subject: team:help*
                period: day
                limit_usd: 5
              - id: c
                subject: team:c
                period: day
                limit_usd: 0
              - id: d
                subject: team:d
                period: day
                limit_usd: 5
                time_zone: Berlin
                thresholds_percent: [50.5]
              - id: e
                subject: team:e
                period: day
                limit_usd: 5
                thresholds_percent: [80, 50]
              - id: f
                subject: squad:f
                period: day
                limit_usd: 1e999999999
                thresholds_percent: 50
            """);

    assertThat(contents.entries()).isEmpty();
    assertThat(contents.errors())
        .extracting(error -> error.line() + ": " + error.message())
        .containsExactly(
            "2: id is missing",
            "3: period must be day or month, not 'week'",
            "4: limit_usd must be US dollars with up to 12 decimals, not 'many'",
            "6: subject 'team:help*' has a wildcard; a budget is for one subject",
            "9: the limit must be above 0, not 0",
            "17: unknown time_zone 'Berlin'; use a name such as Europe/Berlin",
            "18: thresholds_percent must be whole percents, such as [50, 80]",
            "19: thresholds must be whole percents from 1 to 1000, ascending, not [80, 50]",
            "25: unknown part 'squad' in dimension 'squad'; known are model, api_key, workflow,"
                + " project, team, customer, provider, environment, user, region, agent,"
                + " service_tier, operation, tag:NAME",
            "27: limit_usd must be US dollars with up to 12 decimals, not '1e999999999'",
            "28: thresholds_percent must be a list such as [50, 80, 100], not a number");
  }

  @Test
  void idThatStandsTwice_isAnError() throws IOException {
    FileContents<Budget> contents =
        read(
            """
            budgets:
              - {id: a, subject: team:a, period: day, limit_usd: 1}
              - {id: a, subject: team:b, period: day, limit_usd: 2}
            """);

    assertThat(contents.errors())
        .containsExactly(new FileError(3, "budget a stands at line 2 already"));
  }

  @Test
  void writtenBudgets_areReadAsTheyWere() throws IOException {
    String written = String.join("\n", PolicyFileWriter.budgets(List.of(MONTHLY, DAILY))) + "\n";

    assertThat(read(written).entries())
        .extracting(FileEntry::value)
        .containsExactly(MONTHLY, DAILY);
    assertThat(PolicyFileWriter.budgets(List.of())).containsExactly("budgets: []");
  }

  private static FileContents<Budget> read(String yaml) throws IOException {
    return BudgetFiles.read(new StringReader(yaml));
  }
}
