package io.tokenmeter.warehouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.warehouse.SinkKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * From usage files to PostgreSQL and Iceberg: what the warehouses say against what is in the
 * topics, after the worker was killed three times in the middle, and after all was read again.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WarehouseEndToEndTest {

  private static final String PRICES =
      """
      format: tokenmeter/1
      prices:
        - provider: openai
          model: gpt-4o
          usd_per_million: {input_tokens: 2.50, cache_read_tokens: 1.25, output_tokens: 10.00}
          usd_per_unit: {web_searches: 0.01}
        - provider: openai
          model: gpt-4o-mini
          usd_per_million: {input_tokens: 0.15, cache_read_tokens: 0.075, output_tokens: 0.60}
          usd_per_unit: {web_searches: 0.01}
      """;
  private static final String LATE_PRICE =
      """
      format: tokenmeter/1
      prices:
        - provider: openai
          model: house-llm-7b
          usd_per_million: {input_tokens: 0.0123, output_tokens: 0.04567}
          usd_per_unit: {web_searches: 0}
      """;
  private static final String BUDGETS =
      """
      budgets:
        - {id: support-daily, subject: "team:support", period: day, limit_usd: 0.25, time_zone: Europe/Berlin}
        - {id: search-monthly, subject: "team:search", period: month, limit_usd: 1000}
      """;

  @TempDir private static Path directory;
  private static Deployment deployment;

  @BeforeAll
  static void meterWhileTheWorkerIsKilledThreeTimes() throws Exception {
    deployment = new Deployment(directory);
    UsageFiles files = new UsageFiles(directory);
    publish("prices.yaml", PRICES);
    Path budgets = Files.writeString(directory.resolve("budgets.yaml"), BUDGETS);
    deployment.onCluster("budgets", "apply", budgets.toString());
    deployment.installSinks();

    deployment.replay(files.next());
    for (int kill = 1; kill <= 3; kill++) {
      deployment.worker().kill();
      CompletableFuture<Void> again = CompletableFuture.runAsync(deployment.worker()::startAgain);
      if (kill == 2) {
        publish("late-price.yaml", LATE_PRICE);
      }
      deployment.replay(files.next());
      again.join();
    }
    deployment.stopApplication();
  }

  @AfterAll
  static void stop() throws Exception {
    deployment.close();
  }

  private static void publish(String name, String prices) throws Exception {
    Path file = Files.writeString(directory.resolve(name), prices);
    deployment.onCluster("prices", "publish", file.toString());
  }

  @Test
  @Order(1)
  void postgresql_afterThreeKills_equalsTheTopicsToTheLastDigit() throws Exception {
    assertThat(deployment.topics().latest("costed-usage", CostedUsage.class)).hasSize(384);
    assertPostgresqlEqualsTheTopics();
    assertThat(
            deployment
                .database()
                .rows(
                    "SELECT count(*) FROM tokenmeter.costed_usage WHERE revision > 1 AND model ="
                        + " 'house-llm-7b' AND pricing_status <> 'UNPRICED'"))
        .as("events that were priced late, as a second revision")
        .isNotEqualTo(List.of("0"));
  }

  @Test
  @Order(2)
  void postgresql_afterTheTopicsAreReadAgainFromTheStart_isTheSame() throws Exception {
    new SecondReading(deployment).of(SinkKind.POSTGRESQL);

    assertPostgresqlEqualsTheTopics();
  }

  @Test
  @Order(3)
  void iceberg_throughItsLatestViews_equalsTheTopicsToTheLastDigit() throws Exception {
    assertIcebergEqualsTheTopics();
  }

  @Test
  @Order(4)
  void iceberg_afterTheTopicsAreReadAgainFromTheStart_holdsMoreRowsAndTheSameSums()
      throws Exception {
    long before = deployment.lake().rows("costed_usage").size();
    new SecondReading(deployment).of(SinkKind.ICEBERG);

    Await.until(
        "all costed usage is appended again",
        () ->
            deployment.lake().rows("costed_usage").size()
                >= before + deployment.topics().records("costed-usage"));
    assertIcebergEqualsTheTopics();
  }

  @Test
  @Order(5)
  void views_addUpToWhatTheyAreMadeOf() throws Exception {
    Database database = deployment.database();
    List<String> total = database.rows("SELECT sum(cost_usd) FROM tokenmeter.costed_usage");

    assertThat(
            database.rows(
                "SELECT DISTINCT sum(cost_usd) FROM tokenmeter.spend_by_day GROUP BY dimension"))
        .isEqualTo(total);
    for (String cost : List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")) {
      assertThat(database.rows("SELECT sum(\"" + cost + "\") FROM tokenmeter.focus_1_2"))
          .isEqualTo(total);
    }
    assertThat(
            database.rows(
                "SELECT count(*) FROM tokenmeter.focus_1_2 WHERE round(\"ListUnitPrice\" *"
                    + " \"PricingQuantity\", 12) <> \"ListCost\""))
        .containsExactly("0");
    assertThat(
            database.rows(
                "SELECT sum(spent_usd) FROM tokenmeter.budget_status WHERE budget_id ="
                    + " 'support-daily'"))
        .isEqualTo(
            database.rows(
                "SELECT sum(cost_usd) FROM tokenmeter.costed_usage WHERE team = 'support'"));
  }

  @Test
  @Order(6)
  void queriesOfTheReadme_haveTheColumnsShownThereAndRows() throws Exception {
    Matcher query =
        Pattern.compile("```sql\n(.*?)```\n\n```\n(.*?)\n", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "README.md")));
    int queries = 0;
    for (; query.find(); queries++) {
      assertThat(deployment.database().columns(query.group(1)))
          .as(query.group(1))
          .containsExactly(query.group(2).strip().split("\\s*\\|\\s*"));
      assertThat(deployment.database().rows(query.group(1))).as(query.group(1)).isNotEmpty();
    }
    assertThat(queries).isEqualTo(7);
  }

  @Test
  @Order(7)
  void budget_thatIsRemoved_leavesItsTable() throws Exception {
    deployment.onCluster("budgets", "remove", "search-monthly");

    Await.equal(
        () -> deployment.database().rows("SELECT budget_id FROM tokenmeter.budgets"),
        List.of("support-daily"));
  }

  private static void assertPostgresqlEqualsTheTopics() throws Exception {
    Topics topics = deployment.topics();
    Database database = deployment.database();
    Await.equal(
        () ->
            sorted(
                database.rows(
                    "SELECT event_id, revision, coalesce(cost_usd::text, '-'),"
                        + " jsonb_array_length(lines) FROM tokenmeter.costed_usage")),
        Figures.ofCostedUsage(topics.latest("costed-usage", CostedUsage.class)));
    Await.equal(
        () ->
            sorted(
                database.rows(
                    "SELECT granularity, dimension, sum(requests), sum(cost_usd) FROM"
                        + " tokenmeter.usage_rollups GROUP BY 1, 2")),
        Figures.ofRollups(topics.latest("usage-rollups", UsageRollup.class)));
    Await.equal(
        () ->
            sorted(
                database.rows(
                    "SELECT run_id, revision, steps, cost_usd, jsonb_array_length(by_model) FROM"
                        + " tokenmeter.workflow_runs")),
        Figures.ofRuns(topics.latest("workflow-runs", WorkflowRun.class)));
    List<String> alerts = Figures.ofAlerts(topics.latest("alerts", Alert.class));
    assertThat(alerts).isNotEmpty();
    Await.equal(
        () ->
            sorted(
                database.rows(
                    "SELECT alert_id, state, detector, (extract(epoch FROM since) *"
                        + " 1000000)::bigint FROM tokenmeter.alerts")),
        alerts);
  }

  private static void assertIcebergEqualsTheTopics() throws Exception {
    Topics topics = deployment.topics();
    IcebergViews views = new IcebergViews(deployment.lake(), deployment.database());
    Await.equal(
        () ->
            views.rows(
                "SELECT event_id, revision, coalesce(cost_usd::text, '-'), 0 FROM %s.costed_usage_latest"),
        Figures.withoutLines(topics.latest("costed-usage", CostedUsage.class)));
    Await.equal(
        () ->
            views.rows(
                "SELECT granularity, dimension, sum(requests), sum(cost_usd) FROM"
                    + " %s.usage_rollups_latest GROUP BY 1, 2"),
        Figures.ofRollups(topics.latest("usage-rollups", UsageRollup.class)));
    Await.equal(
        () -> views.rows("SELECT count(*), sum(cost_usd) FROM %s.workflow_runs_latest"),
        Figures.sumOfRuns(topics.latest("workflow-runs", WorkflowRun.class)));
    Await.equal(
        () -> views.rows("SELECT alert_id, state FROM %s.alerts_latest"),
        Figures.statesOfAlerts(topics.latest("alerts", Alert.class)));
  }

  static List<String> sorted(List<String> rows) {
    List<String> sorted = new ArrayList<>(rows);
    sorted.sort(null);
    return sorted;
  }
}
