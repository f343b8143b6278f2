package io.tokenmeter.invoices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.reconcile.BilledLine;
import io.tokenmeter.domain.reconcile.TokenKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Exports in the form that the providers document, or that their consoles were seen to write. */
class InvoiceFilesTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-03");

  /** 2026-11-03T00:00:00Z and the day after, and an empty day. */
  private static final String OPENAI_COSTS =
      """
      {"object":"page","data":[
        {"object":"bucket","start_time":1793664000,"end_time":1793750400,"results":[
          {"object":"organization.costs.result","amount":{"value":"0.00042075","currency":"usd"},
           "quantity":2805.0,"line_item":"gpt-4o-mini-2024-07-18, input","project_id":"proj_x"},
          {"object":"organization.costs.result","amount":{"value":"0.0000750000000000000000000000000","currency":"usd"},
           "quantity":1000.0,"line_item":"gpt-4o-mini-2024-07-18, cached input"},
          {"object":"organization.costs.result","amount":{"value":0.06,"currency":"usd"},
           "quantity":100000,"line_item":"gpt-4o-mini-2024-07-18, output"},
          {"object":"organization.costs.result","amount":{"value":"0E-6176","currency":"usd"},
           "quantity":0.0,"line_item":"gpt-4o-2024-08-06, batch input"},
          {"object":"organization.costs.result","amount":{"value":0.025,"currency":"usd"},
           "quantity":0.4,"line_item":"file search storage"}]},
        {"object":"bucket","start_time":1793750400,"end_time":1793836800,"results":[]}],
       "has_more":true,"next_page":"AAAA"}
      """;

  @Test
  void openAiCosts_areReadByLineItem() throws Exception {
    Invoice invoice = read(OPENAI_COSTS);

    assertThat(invoice.format()).isEqualTo(InvoiceFormat.OPENAI_COSTS);
    assertThat(invoice.days()).containsExactlyInAnyOrder(DAY, DAY.plusDays(1));
    assertThat(invoice.complete()).isFalse();
    assertThat(invoice.hasFeesApart()).isTrue();
    assertThat(invoice.lines())
        .containsExactly(
            line(
                "gpt-4o-mini-2024-07-18",
                Map.of(TokenKind.INPUT, 2805L),
                "0.000420750000",
                CostKind.INPUT,
                null),
            line(
                "gpt-4o-mini-2024-07-18",
                Map.of(TokenKind.INPUT, 1000L, TokenKind.CACHE_READ, 1000L),
                "0.000075000000",
                CostKind.CACHE_READ,
                null),
            line(
                "gpt-4o-mini-2024-07-18",
                Map.of(TokenKind.OUTPUT, 100_000L),
                "0.060000000000",
                CostKind.OUTPUT,
                null),
            line(
                "gpt-4o-2024-08-06",
                Map.of(TokenKind.INPUT, 0L),
                "0.000000000000",
                CostKind.INPUT,
                true),
            line(Invoice.FEES, Map.of(), "0.025000000000", CostKind.FEE, null));
  }

  @Test
  void openAiCostsWithoutGroups_areTotalsOfDays() throws Exception {
    Invoice invoice =
        read(
            """
            {"object":"page","data":[{"object":"bucket","start_time":1793664000,"end_time":1793750400,
             "results":[{"object":"organization.costs.result","amount":{"value":0.06,"currency":"usd"},
             "line_item":null,"project_id":null}]}],"has_more":false,"next_page":null}
            """);

    assertThat(invoice.lines()).containsExactly(line("", Map.of(), "0.060000000000", null, null));
    assertThat(invoice.complete()).isTrue();
  }

  @Test
  void openAiUsage_includesWhatIsCached() throws Exception {
    Invoice invoice =
        read(
            """
            [{"object":"page","data":[{"object":"bucket","start_time":1793664000,"end_time":1793750400,
             "results":[{"object":"organization.usage.completions.result","input_tokens":5000,
             "output_tokens":1000,"input_cached_tokens":4000,"input_audio_tokens":0,
             "num_model_requests":5,"project_id":"proj_abc","model":"gpt-4o-mini-2024-07-18",
             "batch":false,"service_tier":"default"}]}],"has_more":false}]
            """);

    assertThat(invoice.format()).isEqualTo(InvoiceFormat.OPENAI_USAGE);
    assertThat(invoice.lines())
        .containsExactly(
            new BilledLine(
                DAY,
                "gpt-4o-mini-2024-07-18",
                Map.of(
                    TokenKind.INPUT, 5000L, TokenKind.CACHE_READ, 4000L, TokenKind.OUTPUT, 1000L),
                5L,
                null,
                null,
                false));
  }

  @Test
  void anthropicCosts_areCents() throws Exception {
    Invoice invoice =
        read(
            """
            {"data":[{"starting_at":"2026-11-03T00:00:00Z","ending_at":"2026-11-04T00:00:00Z","results":[
              {"amount":"123.78912","context_window":"0-200k","cost_type":"tokens","currency":"USD",
               "description":"Claude Sonnet 4 Usage - Input Tokens","model":"claude-sonnet-4-20250514",
               "service_tier":"batch","token_type":"uncached_input_tokens"},
              {"amount":"0.2943","cost_type":"tokens","currency":"USD","model":"claude-haiku-4-5",
               "service_tier":"standard","token_type":"cache_creation.ephemeral_5m_input_tokens"},
              {"amount":"10","cost_type":"web_search","currency":"USD","model":null,"token_type":null}]}],
             "has_more":false,"next_page":null}
            """);

    assertThat(invoice.format()).isEqualTo(InvoiceFormat.ANTHROPIC_COSTS);
    assertThat(invoice.lines())
        .usingElementComparator(InvoiceFilesTest::byAmounts)
        .containsExactly(
            line("claude-sonnet-4-20250514", Map.of(), "1.2378912", CostKind.INPUT, true),
            line("claude-haiku-4-5", Map.of(), "0.002943", CostKind.CACHE_WRITE, false),
            line(Invoice.FEES, Map.of(), "0.1", CostKind.FEE, null));
  }

  @Test
  void anthropicUsage_isMadeInclusive() throws Exception {
    Invoice invoice =
        read(
            """
            {"data":[{"starting_at":"2026-11-03T00:00:00Z","ending_at":"2026-11-04T00:00:00Z","results":[
              {"api_key_id":null,"cache_creation":{"ephemeral_1h_input_tokens":1000,
               "ephemeral_5m_input_tokens":500},"cache_read_input_tokens":200,"context_window":"0-200k",
               "model":"claude-sonnet-4-20250514","output_tokens":500,
               "server_tool_use":{"web_search_requests":10},"service_tier":"standard",
               "uncached_input_tokens":1500}]}],"has_more":false}
            """);

    assertThat(invoice.format()).isEqualTo(InvoiceFormat.ANTHROPIC_USAGE);
    assertThat(invoice.lines().get(0).tokens())
        .containsOnly(
            Map.entry(TokenKind.INPUT, 3200L),
            Map.entry(TokenKind.CACHE_READ, 200L),
            Map.entry(TokenKind.CACHE_WRITE, 1500L),
            Map.entry(TokenKind.OUTPUT, 500L));
    assertThat(invoice.lines().get(0).batch()).isFalse();
  }

  @Test
  void exportsOfOpenAisDashboard_areRead() throws Exception {
    Invoice costs =
        read(
            """
            \uFEFFstart_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,project_id
            1793577600,1793664000,2026-11-02T00:00:00+00:00,2026-11-03T00:00:00+00:00,,,,,,
            1793664000,1793750400,2026-11-03T00:00:00+00:00,2026-11-04T00:00:00+00:00,0.0025,usd,1000,tokens,"gpt-4o-2024-08-06, input",proj_a
            """);
    Invoice usage =
        read(
            """
            start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,model,batch,input_tokens,output_tokens,input_cached_tokens
            1793664000,1793664060,2026-11-03T00:00:00+00:00,2026-11-03T00:01:00+00:00,proj_a,3.0,gpt-4o-2024-08-06,True,4212,1673,1280
            """);

    assertThat(costs.format()).isEqualTo(InvoiceFormat.OPENAI_COSTS);
    assertThat(costs.days()).containsExactlyInAnyOrder(DAY.minusDays(1), DAY);
    assertThat(costs.lines())
        .containsExactly(
            line(
                "gpt-4o-2024-08-06",
                Map.of(TokenKind.INPUT, 1000L),
                "0.002500000000",
                CostKind.INPUT,
                null));
    assertThat(usage.format()).isEqualTo(InvoiceFormat.OPENAI_USAGE);
    assertThat(usage.lines().get(0).requests()).isEqualTo(3);
    assertThat(usage.lines().get(0).batch()).isTrue();
    assertThat(usage.lines().get(0).tokens()).containsEntry(TokenKind.CACHE_READ, 1280L);
  }

  @Test
  void exportsOfAnthropicsConsole_areRead() throws Exception {
    Invoice costs =
        read(
            """
            usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed
            2026-11-03,Claude Haiku 4.5,Default,demo-key,message,≤ 200k,input_cache_write_5m,0.05,0.05,token,not_available,
            2026-11-03,Claude Haiku 4.5,Default,demo-key,message,≤ 200k,,0.01,0.01,web_search,not_available,
            """);
    Invoice usage =
        read(
            """
            usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed
            2026-11-03,claude-haiku-4-5-20251001,test-key,Default,batch,≤ 200k,1000,20,3,400,50,0,not_available,
            """);

    assertThat(costs.format()).isEqualTo(InvoiceFormat.ANTHROPIC_COSTS);
    assertThat(costs.lines())
        .extracting(BilledLine::costKind)
        .containsExactly(CostKind.CACHE_WRITE, CostKind.FEE);
    assertThat(costs.lines())
        .extracting(BilledLine::model)
        .containsExactly("Claude Haiku 4.5", Invoice.FEES);
    assertThat(usage.format()).isEqualTo(InvoiceFormat.ANTHROPIC_USAGE);
    assertThat(usage.lines().get(0).tokens())
        .containsEntry(TokenKind.INPUT, 1423L)
        .containsEntry(TokenKind.CACHE_WRITE, 23L);
    assertThat(usage.lines().get(0).batch()).isTrue();
  }

  @Test
  void tableOfOnesOwn_saysWhatItKnowsAndWhatIsNotRead() throws Exception {
    Invoice invoice =
        read(
            """
            Date,Model,input_tokens,output_tokens,cost_usd,service_tier,invoice_no

            2026-11-03,mistral-large,"1000",50,0.0012,batch,7
            2026-11-04,mistral-large,,,0.5,,7
            """);

    assertThat(invoice.format()).isEqualTo(InvoiceFormat.CSV);
    assertThat(invoice.unread()).containsExactly("invoice_no");
    assertThat(invoice.lines().get(0))
        .isEqualTo(
            line(
                "mistral-large",
                Map.of(TokenKind.INPUT, 1000L, TokenKind.OUTPUT, 50L),
                "0.001200000000",
                null,
                true));
    assertThat(invoice.lines().get(1).tokens()).isEmpty();
  }

  @Test
  void pagesFollowOneAnother() throws Exception {
    Invoice last = read(OPENAI_COSTS.replace("\"has_more\":true", "\"has_more\":false"));

    Invoice both = read(OPENAI_COSTS).and(last);

    assertThat(both.lines()).hasSize(10);
    assertThat(both.complete()).isTrue();
  }

  @Test
  void whatIsNoExport_isRefusedWithItsLine() {
    assertRefused("{\"a\":1}", null, 1, "there is no list under 'data'");
    assertRefused("{\"data\":[]}", null, 1, "what this is cannot be told by its results");
    assertRefused("a,b\n1,2\n", null, 1, "what this is cannot be told by its header");
    assertRefused("", null, 1, "the file is empty");
    assertRefused(
        OPENAI_COSTS, InvoiceFormat.ANTHROPIC_USAGE, 1, "by its results it is openai-costs");
    assertRefused(
        OPENAI_COSTS.replace("\"usd\"},\n", "\"eur\"},\n"), null, 3, "amounts are in 'eur'");
    assertRefused(
        OPENAI_COSTS.replace("0.06", "1e999999999"), null, 7, "'1e999999999' is no number");
    assertRefused("date,cost_usd\n2026-11-03,1\nsoon,2\n", null, 3, "date 'soon' is no day");
    assertRefused("date,input_tokens\n2026-11-03,1.5\n", null, 2, "'1.5' is no whole number");
  }

  private static void assertRefused(
      String text, @Nullable InvoiceFormat format, int line, String message) {
    assertThatThrownBy(() -> InvoiceFiles.read(new BufferedReader(new StringReader(text)), format))
        .isInstanceOfSatisfying(
            UnreadableDocumentException.class, e -> assertThat(e.line()).isEqualTo(line))
        .hasMessageContaining(message);
  }

  private static Invoice read(String text) throws IOException {
    return InvoiceFiles.read(new BufferedReader(new StringReader(text)), null);
  }

  private static BilledLine line(
      String model,
      Map<TokenKind, Long> tokens,
      String usd,
      @Nullable CostKind kind,
      @Nullable Boolean batch) {
    return new BilledLine(DAY, model, tokens, null, new BigDecimal(usd), kind, batch);
  }

  private static int byAmounts(BilledLine one, BilledLine other) {
    boolean same =
        one.model().equals(other.model())
            && one.costKind() == other.costKind()
            && java.util.Objects.equals(one.batch(), other.batch())
            && List.of(one.costUsd()).stream().allMatch(usd -> usd.compareTo(other.costUsd()) == 0);
    return same ? 0 : 1;
  }
}
