package io.tokenmeter.pricelists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.BillableEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteLlmReaderTest {
  private static final Map<String, Long> MILLION_IN = Map.of("input_tokens", 1_000_000L);

  @Test
  void oneModel_becomesOneRow() {
    PriceList list =
        Lists.litellm(
            """
            {"sample_spec": {"input_cost_per_token": 0.0, "litellm_provider": "one of ..."},
             "gpt-4o": {"litellm_provider": "openai", "mode": "chat", "max_tokens": 16384, "supports_vision": true,
               "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05,
               "cache_read_input_token_cost": 1.25e-06, "source": "https://example.com"}}
            """);

    assertThat(list.findings()).isEmpty();
    assertThat(list.priceRows())
        .containsExactly(
            PriceRow.of("openai", "gpt-4o")
                .price(UnitPrice.perMillion("input_tokens", "2.5"))
                .price(UnitPrice.perMillion("output_tokens", "10"))
                .price(UnitPrice.perMillion("cache_read_tokens", "1.25"))
                .source("https://example.com")
                .build());
    assertThat(list.rows().get(0).line()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "input_cost_per_token_above_128k_tokens,            input_cost_per_token, standard, 128000",
    "input_cost_per_token_above_272k_tokens_priority,   input_cost_per_token, priority, 272000",
    "input_cost_per_token_priority_above_200k_tokens,   input_cost_per_token, priority, 200000",
    "input_cost_per_token_above_500_tokens,             input_cost_per_token, standard, 500",
    "output_cost_per_token_flex,                        output_cost_per_token, flex, 0",
    "output_cost_per_token_batches,                     output_cost_per_token, batch, 0",
    "input_cost_per_token_batch_requests,               input_cost_per_token, batch, 0",
    "cache_creation_input_token_cost_above_1hr,         cache_creation_input_token_cost_above_1hr, standard, 0",
    "cache_creation_input_token_cost_above_1hr_above_200k_tokens, cache_creation_input_token_cost_above_1hr, standard, 200000"
  })
  void fieldNames_areTakenApart(String name, String base, String tier, long threshold) {
    assertThat(LiteLlmField.parse(name)).isEqualTo(new LiteLlmField(base, tier, threshold));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o,                     openai,            openai,    gpt-4o",
    "openai/sora-2,              openai,            openai,    sora-2",
    "gpt-3.5-turbo-instruct,     text-completion-openai, openai, gpt-3.5-turbo-instruct",
    "azure/gpt-4o,               azure,             azure,     gpt-4o",
    "azure/gpt-35-instruct,      azure_text,        azure,     gpt-35-instruct",
    "gemini/gemini-2.5-pro,      gemini,            gemini,    gemini-2.5-pro",
    "gemini-2.5-pro,             vertex_ai-language-models, vertex_ai, gemini-2.5-pro",
    "vertex_ai/claude-opus-4@1,  vertex_ai-anthropic_models, vertex_ai, claude-opus-4@1",
    "vertex_ai/meta/llama-3,     vertex_ai-llama_models, vertex_ai, meta/llama-3",
    "openrouter/openai/gpt-4o,   openrouter,        openrouter, openai/gpt-4o",
    "amazon.nova-pro-v1:0,       bedrock_converse,  bedrock,   amazon.nova-pro-v1:0",
    "amazon-nova/nova-pro-v1,    amazon_nova,       amazon_nova, nova-pro-v1",
    "high/1024-x-1024/gpt-image-1, openai,          openai,    high/1024-x-1024/gpt-image-1",
    "groq/openai/gpt-oss-20b,    groq,              groq,      openai/gpt-oss-20b",
    "fireworks-ai-up-to-4b,      fireworks_ai-embedding-models, fireworks_ai, fireworks-ai-up-to-4b"
  })
  void keys_areProviderAndModel(String key, String listed, String provider, String model) {
    PriceList list = model(key, listed, "\"input_cost_per_token\": 1e-06");

    assertThat(list.priceRows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.provider()).isEqualTo(provider);
              assertThat(row.model()).isEqualTo(model);
            });
    assertThat(Lists.cost(list, provider, model, MILLION_IN)).isEqualTo("1");
    assertThat(Lists.cost(list, provider, key, MILLION_IN)).isEqualTo("1");
    assertThat(Lists.cost(list, listed, model, MILLION_IN)).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "bedrock_converse, aws.bedrock",
    "azure, azure.ai.openai",
    "gemini, gcp.gemini",
    "vertex_ai-language-models, gcp.vertex_ai",
    "xai, x_ai",
    "mistral, mistral_ai"
  })
  void providers_areKnownByTheirNamesInOpenTelemetry(String listed, String name) {
    PriceList list = model("m", listed, "\"input_cost_per_token\": 1e-06");

    assertThat(Lists.cost(list, name, "m", MILLION_IN)).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "azure/eu/gpt-4o,                   azure,            eu,             gpt-4o",
    "azure/global-standard/gpt-4o,      azure,            global-standard, gpt-4o",
    "bedrock/us-gov-west-1/anthropic.x, bedrock,          us-gov-west-1,  anthropic.x",
    "us.anthropic.claude-x:0,           bedrock_converse, us,             anthropic.claude-x:0"
  })
  void regions_areKeptAsRegionAndInTheName(
      String key, String provider, String region, String model) {
    PriceList list = model(key, provider, "\"input_cost_per_token\": 2e-06");

    BillableEvent plain = Lists.event(provider, model, "2026-01-01T00:00:00Z", MILLION_IN);
    assertThat(Lists.cost(list, plain)).isEqualTo("UNPRICED");
    assertThat(Lists.cost(list, plain.withRegion("elsewhere"))).isEqualTo("UNPRICED");
    assertThat(Lists.cost(list, plain.withRegion(region))).isEqualTo("2");
    assertThat(Lists.cost(list, provider, key, MILLION_IN)).isEqualTo("2");
  }

  @Test
  void contextTiers_combineWithServiceTiers() {
    PriceList list =
        model(
            """
            "input_cost_per_token": 1e-06, "input_cost_per_token_above_272k_tokens": 2e-06,
            "input_cost_per_token_priority": 3e-06, "input_cost_per_token_above_272k_tokens_priority": 6e-06,
            "input_cost_per_token_flex": 5e-07, "input_cost_per_token_batches": 4e-07""");

    assertThat(tiered(list, null, 272_000)).isEqualTo("0.272");
    assertThat(tiered(list, null, 1_000_000)).isEqualTo("2");
    assertThat(tiered(list, "priority", 100_000)).isEqualTo("0.3");
    assertThat(tiered(list, "priority", 1_000_000)).isEqualTo("6");
    assertThat(tiered(list, "flex", 100_000)).isEqualTo("0.05");
    // No flex price for long inputs: LiteLLM bills the standard one. Batches know no thresholds
    // there.
    assertThat(tiered(list, "flex", 1_000_000)).isEqualTo("2");
    assertThat(tiered(list, "batch", 1_000_000)).isEqualTo("0.4");
    assertThat(tiered(list, "provisioned", 100_000)).isEqualTo("0.1");
    assertThat(Lists.findings(list)).containsExactly("INFO standard-context-tier m");
  }

  @Test
  void highestThresholdWins_whateverTheOrderInTheFile() {
    PriceList list =
        model(
            """
            "input_cost_per_token_above_1000k_tokens": 9e-06, "input_cost_per_token": 1e-06,
            "input_cost_per_token_above_200k_tokens": 2e-06""");

    assertThat(tiered(list, null, 300_000)).isEqualTo("0.6");
    assertThat(tiered(list, null, 2_000_000)).isEqualTo("18");
  }

  @Test
  void cacheAudioImageAndReasoning_areUnitsOfTheirOwn() {
    PriceList list =
        model(
            """
            "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06,
            "cache_read_input_token_cost": 1e-07, "cache_creation_input_token_cost": 1.25e-06,
            "cache_creation_input_token_cost_above_1hr": 2e-06, "input_cost_per_audio_token": 1e-05,
            "cache_read_input_audio_token_cost": 5e-07, "input_cost_per_image_token": 3e-06,
            "output_cost_per_audio_token": 2e-05, "output_cost_per_image_token": 4e-05,
            "output_cost_per_reasoning_token": 3e-06, "citation_cost_per_token": 5e-06""");

    assertThat(
            Lists.cost(
                list,
                "p",
                "m",
                Map.ofEntries(
                    Map.entry("input_tokens", 7_000_000L),
                    Map.entry("cache_read_tokens", 2_000_000L),
                    Map.entry("cache_write_tokens", 2_000_000L),
                    Map.entry("cache_write_1h_tokens", 1_000_000L),
                    Map.entry("input_audio_tokens", 2_000_000L),
                    Map.entry("cache_audio_read_tokens", 1_000_000L),
                    Map.entry("input_image_tokens", 1_000_000L),
                    Map.entry("output_tokens", 5_000_000L),
                    Map.entry("output_audio_tokens", 1_000_000L),
                    Map.entry("output_image_tokens", 1_000_000L),
                    Map.entry("output_reasoning_tokens", 1_000_000L),
                    Map.entry("output_citation_tokens", 1_000_000L))))
        // 1 plain + 0.1 read + 0.5 audio read + 1.25 write + 2 one hour + 10 audio + 3 image
        // + 2 plain + 20 audio + 40 image + 3 reasoning + 5 citations
        .isEqualTo("87.85");
  }

  @ParameterizedTest
  @CsvSource({
    "chat,                input_cost_per_request,           requests",
    "chat,                input_cost_per_image,             input_images",
    "image_generation,    input_cost_per_image,             images",
    "image_generation,    output_cost_per_image,            images",
    "audio_transcription, input_cost_per_second,            audio_seconds",
    "audio_speech,        output_cost_per_second,           audio_seconds",
    "video_generation,    output_cost_per_second,           video_seconds",
    "video_generation,    output_cost_per_video_per_second, video_seconds",
    "audio_speech,        input_cost_per_character,         input_characters",
    "chat,                output_cost_per_character,        output_characters",
    "embedding,           input_cost_per_audio_per_second,  input_audio_seconds",
    "embedding,           input_cost_per_video_per_second,  input_video_seconds",
    "rerank,              input_cost_per_query,             rerank_searches",
    "search,              input_cost_per_query,             web_searches",
    "vector_store,        input_cost_per_query,             storage_searches",
    "ocr,                 ocr_cost_per_page,                input_document_pages",
    "ocr,                 annotation_cost_per_page,         input_annotated_document_pages",
    "image_generation,    input_cost_per_pixel,             input_pixels",
    "chat,                code_interpreter_cost_per_session, code_interpreter_sessions"
  })
  void flatFees_haveUnits(String mode, String field, String unit) {
    PriceList list = model("\"mode\": \"" + mode + "\", \"" + field + "\": 0.003");

    assertThat(list.findings()).isEmpty();
    assertThat(list.priceRows().get(0).prices()).contains(UnitPrice.each(unit, "0.003"));
  }

  @Test
  void secondsAndImages_areKnownWithTheirSideAndWithout_unlessThatIsSomethingElse() {
    PriceList audio = model("\"input_cost_per_audio_per_second\": 0.001");
    PriceList images = model("\"input_cost_per_image\": 0.001, \"output_cost_per_image\": 0.04");

    assertThat(Lists.cost(audio, "p", "m", Map.of("input_audio_seconds", 3L))).isEqualTo("0.003");
    assertThat(Lists.cost(audio, "p", "m", Map.of("audio_seconds", 3L))).isEqualTo("0.003");
    assertThat(Lists.cost(images, "p", "m", Map.of("input_images", 3L))).isEqualTo("0.003");
    assertThat(Lists.cost(images, "p", "m", Map.of("images", 3L))).isEqualTo("0.12");
  }

  @Test
  void secondsPricedOnBothSides_areBilledOnce() {
    PriceList list =
        model(
            "\"mode\": \"audio_transcription\", \"input_cost_per_second\": 0.0001,"
                + " \"output_cost_per_second\": 0.0001");

    assertThat(list.findings()).isEmpty();
    assertThat(Lists.cost(list, "p", "m", Map.of("audio_seconds", 60L))).isEqualTo("0.006");
  }

  @Test
  void secondsOfProvisionedThroughput_areReportedNotBilled() {
    PriceList list =
        model(
            "\"mode\": \"chat\", \"input_cost_per_second\": 0.01, \"output_cost_per_second\": 0.01");

    assertThat(list.rows()).isEmpty();
    assertThat(Lists.findings(list))
        .containsExactly(
            "WARNING unmapped-field input_cost_per_second m",
            "WARNING unmapped-field output_cost_per_second m",
            "WARNING no-price m");
  }

  @Test
  void pixelsOfAnImageWhoseSizeTheKeyNames_areAPricePerImage() {
    PriceList list =
        model(
            "1024-x-1024/dall-e-2",
            "openai",
            "\"mode\": \"image_generation\", \"input_cost_per_pixel\": 1.9e-08, \"output_cost_per_pixel\": 0.0");

    assertThat(Lists.cost(list, "openai", "1024-x-1024/dall-e-2", Map.of("images", 2L)))
        .isEqualTo("0.039845888");
  }

  @Test
  void searchPrices_takeTheMediumSizeAndSaySo() {
    PriceList list =
        model(
            """
            "input_cost_per_token": 0,
            "search_context_cost_per_query": {"search_context_size_low": 0.03,
              "search_context_size_medium": 0.035, "search_context_size_high": 0.05}""");

    assertThat(Lists.cost(list, "p", "m", Map.of("web_searches", 2L))).isEqualTo("0.07");
    assertThat(Lists.findings(list)).containsExactly("INFO search-context m");
  }

  @Test
  void tieredPricing_isChosenByTheInputOfTheWholeRequest() {
    PriceList list =
        model(
            """
            "output_cost_per_token": 7,
            "tiered_pricing": [
              {"range": [0, 32000.0], "input_cost_per_token": 1e-06, "cache_read_input_token_cost": 1e-07, "output_cost_per_token": 5e-06},
              {"range": [32000.0, 128000.0], "input_cost_per_token": 2e-06, "output_cost_per_token": 9e-06}]""");

    assertThat(Lists.cost(list, "p", "m", Map.of("input_tokens", 32_000L, "output_tokens", 1000L)))
        .isEqualTo("0.037");
    assertThat(Lists.cost(list, "p", "m", Map.of("input_tokens", 32_001L, "output_tokens", 1000L)))
        .isEqualTo("0.073002");
    // Beyond the last range it goes on; what a range leaves out costs its input price.
    assertThat(
            Lists.cost(
                list, "p", "m", Map.of("input_tokens", 200_000L, "cache_read_tokens", 200_000L)))
        .isEqualTo("0.4");
  }

  @Test
  void tieredPricingByResults_isReported() {
    PriceList list =
        model(
            """
            "mode": "search",
            "tiered_pricing": [{"input_cost_per_query": 0.005, "max_results_range": [0, 25]}]""");

    assertThat(Lists.findings(list))
        .containsExactly("WARNING unmapped-field tiered_pricing m", "WARNING no-price m");
  }

  @Test
  void providerSpecificEntry_isAFactorByRegionAndATier() {
    PriceList list =
        model(
            """
            "input_cost_per_token": 5e-06, "cache_read_input_token_cost": 5e-07,
            "search_context_cost_per_query": {"search_context_size_medium": 0.01},
            "provider_specific_entry": {"us": 1.1, "fast": 6.0, "odd": "x"}""");

    Map<String, Long> usage =
        Map.of("input_tokens", 2_000_000L, "cache_read_tokens", 1_000_000L, "web_searches", 1L);
    BillableEvent event = Lists.event("p", "m", "2026-01-01T00:00:00Z", usage);
    assertThat(Lists.cost(list, event)).isEqualTo("5.51");
    assertThat(Lists.cost(list, event.withRegion("us"))).isEqualTo("6.06");
    assertThat(Lists.cost(list, event.withServiceTier("fast"))).isEqualTo("33.01");
    assertThat(Lists.findings(list))
        .containsExactly("WARNING unmapped-field provider_specific_entry m");
  }

  @Test
  void offPeakPricing_replacesTheRatesOfAllTiers() {
    PriceList list =
        model(
            """
            "input_cost_per_token": 1e-06, "input_cost_per_token_above_128k_tokens": 2e-06,
            "off_peak_pricing": {"input_cost_per_token": 5e-07, "hours_utc": "16:30-00:30",
              "windows": [{"hours_utc": ["04:00-06:00"], "weekdays": ["sat", 7]},
                          {"hours_utc": "08:00-09:00", "weekdays": ["mon"], "weekday_timezone": "Asia/Shanghai"}],
              "weekday_timezone": "UTC"}""");

    assertThat(Lists.cost(list, Lists.event("p", "m", "2026-11-20T16:29:00Z", MILLION_IN)))
        .isEqualTo("2");
    assertThat(Lists.cost(list, Lists.event("p", "m", "2026-11-20T23:00:00Z", MILLION_IN)))
        .isEqualTo("0.5");
    assertThat(Lists.cost(list, Lists.event("p", "m", "2026-11-21T00:29:59Z", MILLION_IN)))
        .isEqualTo("0.5");
    assertThat(Lists.cost(list, Lists.event("p", "m", "2026-11-21T05:00:00Z", MILLION_IN)))
        .isEqualTo("0.5");
    assertThat(Lists.cost(list, Lists.event("p", "m", "2026-11-20T05:00:00Z", MILLION_IN)))
        .isEqualTo("2");
  }

  @Test
  void explicitZero_isAPrice_butAMissingPriceIsNone() {
    PriceList list =
        model(
            "\"input_cost_per_token\": 1e-06, \"cache_read_input_token_cost\": 0.0,"
                + " \"output_cost_per_token\": null");

    assertThat(
            Lists.cost(
                list,
                "p",
                "m",
                Map.of("input_tokens", 1_000_000L, "cache_read_tokens", 1_000_000L)))
        .isEqualTo("0");
    assertThat(Lists.cost(list, "p", "m", Map.of("output_tokens", 1L))).isEqualTo("UNPRICED");
  }

  @Test
  void imageModelWithoutAnOutputPrice_putsOutImages() {
    PriceList list =
        model(
            "\"mode\": \"image_generation\", \"input_cost_per_token\": 0,"
                + " \"output_cost_per_image_token\": 4e-05");

    assertThat(Lists.cost(list, "p", "m", Map.of("output_tokens", 1000L))).isEqualTo("0.04");
  }

  @Test
  void priceForLongInputsOnly_takesWhatItIsPartOfBelow() {
    PriceList list =
        model(
            "\"input_cost_per_token\": 1e-06,"
                + " \"cache_creation_input_token_cost_above_200k_tokens\": 5e-06");

    assertThat(
            Lists.cost(list, "p", "m", Map.of("input_tokens", 1000L, "cache_write_tokens", 1000L)))
        .isEqualTo("0.001");
    assertThat(Lists.findings(list)).containsExactly("INFO no-base-price m");
  }

  @Test
  void keysThatMeanTheSame_areOneRow_theOneWithItsProviderWins() {
    PriceList list =
        Lists.litellm(
            """
            {"deepseek-chat": {"litellm_provider": "deepseek", "input_cost_per_token": 1e-06},
             "deepseek/deepseek-chat": {"litellm_provider": "deepseek", "input_cost_per_token": 2e-06},
             "openai/sora": {"litellm_provider": "openai", "input_cost_per_token": 3e-06},
             "sora": {"litellm_provider": "openai", "input_cost_per_token": 3e-06},
             "codestral/c": {"litellm_provider": "codestral", "input_cost_per_token": 4e-06},
             "text-completion-codestral/c": {"litellm_provider": "text-completion-codestral", "input_cost_per_token": 4e-06}}
            """);

    assertThat(Lists.cost(list, "deepseek", "deepseek-chat", MILLION_IN)).isEqualTo("2");
    assertThat(Lists.findings(list))
        .containsExactly(
            "WARNING same-model deepseek-chat",
            "INFO same-model sora",
            "INFO same-model text-completion-codestral/c");
    assertThat(list.rows()).hasSize(3);
    assertThat(Lists.cost(list, "codestral", "text-completion-codestral/c", MILLION_IN))
        .isEqualTo("4");
  }

  @Test
  void whatHasNoMapping_isReportedAndRefusesNothing() {
    PriceList list =
        Lists.litellm(
            """
            {"m": {"litellm_provider": "p", "input_cost_per_token": "1e-06", "output_cost_per_token": true,
                   "input_dbu_cost_per_token": 1e-05, "new_kind_of_cost_per_thing": 3, "output_cost_per_token_flex": -1},
             "odd": [], "none": {"mode": "chat"}, "unpriced": {"litellm_provider": "p"}}
            """);

    assertThat(Lists.cost(list, "p", "m", MILLION_IN)).isEqualTo("1");
    assertThat(Lists.findings(list))
        .containsExactlyInAnyOrder(
            "ERROR not-a-price m",
            "INFO not-in-usd m",
            "WARNING unmapped-field new_kind_of_cost_per_thing m",
            "ERROR negative-price m",
            "ERROR malformed odd",
            "ERROR malformed none",
            "WARNING no-price unpriced");
  }

  @Test
  void fullKey_isKeptAsAName() {
    PriceList list = model("azure/gpt-4o", "azure", "\"input_cost_per_token\": 1e-06");

    assertThat(list.priceRows().get(0).patterns())
        .containsExactly(ModelPattern.equalTo("azure/gpt-4o"));
  }

  @Test
  void fileOfAnotherFormat_isRefused() {
    assertThatThrownBy(() -> Lists.litellm("[]"))
        .hasMessageContaining("an object of models by name expected, found a list");
  }

  private static String tiered(PriceList list, String tier, long inputTokens) {
    Map<String, Long> usage = Map.of("input_tokens", inputTokens);
    return Lists.cost(
        list, Lists.event("p", "m", "2026-01-01T00:00:00Z", usage).withServiceTier(tier));
  }

  private static PriceList model(String fields) {
    return model("m", "p", fields);
  }

  private static PriceList model(String key, String provider, String fields) {
    return Lists.litellm(
        "{\"%s\": {\"litellm_provider\": \"%s\", %s}}".formatted(key, provider, fields));
  }
}
