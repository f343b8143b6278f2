package io.tokenmeter.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The view focus_1_2 against the columns, types and nullability of the specification. */
class FocusViewTest {

  private static final Map<String, String> TYPES =
      Map.of(
          "String", "text",
          "Decimal", "numeric",
          "Date/Time", "timestamp with time zone",
          "JSON", "jsonb");

  private static Warehouse warehouse;
  private static Map<String, FocusColumn> specification;

  @BeforeAll
  static void start() throws SQLException {
    specification =
        FocusColumn.ofVersion12().stream()
            .collect(Collectors.toMap(FocusColumn::name, column -> column));
    warehouse = new Warehouse();
    Rows.costed(
        warehouse,
        "full",
        "2026-11-30T23:30:00Z",
        """
        "team": "search", "project": "catalogue", "api_key_id": "key-1", "region": "eu-west-1",
        "tags": {"feature": "answers"}, "price_key": "openai|gpt-4o|2024-05-13T00:00:00Z", "price_service_tier": "batch",
        "price_context_threshold": 200000, "cost_usd": 0.0095, "lines": [
          {"unit": "input_tokens", "quantity": "3000", "unit_price_usd": "0.0000025", "cost_usd": "0.0075"},
          {"unit": "output_tokens", "quantity": "200", "unit_price_usd": "0.00001", "cost_usd": "0.002"}]""");
    Rows.costed(
        warehouse,
        "bare",
        "2026-12-01T00:00:00Z",
        """
        "price_key": "openai|gpt-4o|2024-05-13T00:00:00Z|team=search", "cost_usd": 0.025, "lines": [
          {"unit": "web_searches", "quantity": "2.5", "unit_price_usd": "0.01", "cost_usd": "0.025"}]""");
    Rows.costed(warehouse, "unpriced", "2026-12-01T00:00:01Z", "\"pricing_status\": \"UNPRICED\"");
    Rows.costed(warehouse, "span", "2026-12-01T00:00:02Z", "\"cost_role\": \"ROLLUP\"");
  }

  @AfterAll
  static void stop() throws SQLException {
    warehouse.close();
  }

  @Test
  void columns_areAllMandatoryOnes_andOthersOfTheSpecificationOrPrefixed() throws SQLException {
    Map<String, String> view = viewColumns();

    assertThat(view.keySet())
        .containsAll(
            specification.values().stream()
                .filter(column -> column.level().equals("Mandatory"))
                .map(FocusColumn::name)
                .toList());
    assertThat(view.keySet())
        .allMatch(name -> specification.containsKey(name) || name.startsWith("x_"));
  }

  @Test
  void types_areThoseOfTheSpecification() throws SQLException {
    viewColumns()
        .forEach(
            (name, type) -> {
              FocusColumn column = specification.get(name);
              if (column != null) {
                assertThat(type).as(name).isEqualTo(TYPES.get(column.type()));
              }
            });
  }

  @Test
  void values_areNullOnlyWhereAllowed_andOfTheAllowedOnes() throws SQLException {
    for (Map<String, Object> row : charges()) {
      for (FocusColumn column : specification.values()) {
        if (!row.containsKey(column.name())) {
          continue;
        }
        Object value = row.get(column.name());
        if (!column.nullable()) {
          assertThat(value).as(column.name()).isNotNull();
        }
        if (value != null && !column.allowed().isEmpty()) {
          assertThat(column.allowed()).as(column.name()).contains(value.toString());
        }
        // Null handling: "Columns MUST NOT use empty strings".
        assertThat(value).as(column.name()).isNotEqualTo("");
      }
    }
  }

  @Test
  void usageCharges_haveWhatTheSpecificationAsksOfThem() throws SQLException {
    for (Map<String, Object> row : charges()) {
      // "MUST NOT be null when ChargeCategory is Usage" of each of these columns' own page.
      assertThat(row)
          .extractingByKeys(
              "SkuId",
              "SkuPriceId",
              "SkuMeter",
              "PricingCategory",
              "PricingQuantity",
              "PricingUnit",
              "ListUnitPrice",
              "ContractedUnitPrice",
              "ConsumedQuantity",
              "ConsumedUnit")
          .doesNotContainNull();
      assertThat(product(row, "ListUnitPrice")).isEqualByComparingTo(decimal(row, "ListCost"));
      assertThat(product(row, "ContractedUnitPrice"))
          .isEqualByComparingTo(decimal(row, "ContractedCost"));
      // A sub account's type goes with its id.
      assertThat(row.get("SubAccountType") == null).isEqualTo(row.get("SubAccountId") == null);
    }
    assertThat(
            warehouse.value(
                "SELECT count(*) FROM (SELECT \"SkuPriceId\" FROM tokenmeter.focus_1_2 GROUP BY 1"
                    + " HAVING count(DISTINCT \"SkuId\") > 1) AS ambiguous"))
        .isEqualTo(0L);
  }

  @Test
  void charges_areTheLinesOfPricedRequests_andAddUpToTheirCost() throws SQLException {
    assertThat(charges()).hasSize(3);
    for (String cost : List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")) {
      assertThat(warehouse.value("SELECT sum(\"" + cost + "\") FROM tokenmeter.focus_1_2"))
          .isEqualTo(warehouse.value("SELECT sum(cost_usd) FROM tokenmeter.costed_usage"));
    }
  }

  @Test
  void charge_showsItsQuantityPeriodAndTags() throws SQLException {
    Map<String, Object> charge = charges().get(0);

    assertThat(charge.get("SkuId")).isEqualTo("openai/gpt-4o/input_tokens");
    assertThat(charge.get("SkuPriceId"))
        .isEqualTo("openai|gpt-4o|2024-05-13T00:00:00Z/openai/gpt-4o/input_tokens/batch/>200000");
    assertThat(charge.get("ConsumedQuantity")).hasToString("3000.000000");
    assertThat(charge.get("ConsumedUnit")).isEqualTo("Tokens");
    assertThat(charge.get("start")).isEqualTo("2026-11-30 23:00");
    assertThat(charge.get("end")).isEqualTo("2026-12-01 00:00");
    assertThat(charge.get("period")).isEqualTo("2026-11-01 00:00");
    assertThat(charge.get("Tags").toString())
        .contains("\"feature\": \"answers\"", "\"tokenmeter:team\": \"search\"")
        .doesNotContain("null");
    assertThat(charges().get(2).get("ConsumedUnit")).isEqualTo("Web Searches");
  }

  @Test
  void charge_atANegotiatedPrice_saysThatItsListPriceIsNotKnown() throws SQLException {
    assertThat(charges())
        .extracting(charge -> charge.get("x_PriceIsNegotiated"))
        .containsExactly(false, false, true);
  }

  @Test
  void billingAccount_isTheProviderUntilItIsNamed() throws SQLException {
    assertThat(charges().get(0).get("BillingAccountId")).isEqualTo("openai");

    warehouse.execute(
        "INSERT INTO tokenmeter.billing_accounts VALUES"
            + " ('openai', 'org-1', 'Example', 'Organization', 'OpenAI, LLC')");
    try {
      assertThat(charges().get(0))
          .containsEntry("BillingAccountId", "org-1")
          .containsEntry("BillingAccountType", "Organization")
          .containsEntry("InvoiceIssuerName", "OpenAI, LLC");
    } finally {
      warehouse.execute("DELETE FROM tokenmeter.billing_accounts");
    }
  }

  private static List<Map<String, Object>> charges() throws SQLException {
    return warehouse.rows(
        """
        SELECT *,
          to_char("ChargePeriodStart" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS start,
          to_char("ChargePeriodEnd" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS end,
          to_char("BillingPeriodStart" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS period
        FROM tokenmeter.focus_1_2 ORDER BY "x_OccurredAt", "x_LineNumber"
        """);
  }

  private static Map<String, String> viewColumns() throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    for (Map<String, Object> row :
        warehouse.rows(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema ="
                + " 'tokenmeter' AND table_name = 'focus_1_2'")) {
      columns.put((String) row.get("column_name"), (String) row.get("data_type"));
    }
    return columns;
  }

  private static BigDecimal product(Map<String, Object> row, String unitPrice) {
    return decimal(row, unitPrice).multiply(decimal(row, "PricingQuantity"));
  }

  private static BigDecimal decimal(Map<String, Object> row, String column) {
    return (BigDecimal) row.get(column);
  }
}
