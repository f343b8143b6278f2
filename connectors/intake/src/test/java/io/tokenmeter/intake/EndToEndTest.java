package io.tokenmeter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.tokenmeter.intake.config.TokenHash;
import io.tokenmeter.intake.fixture.Deployment;
import io.tokenmeter.intake.fixture.Http;
import io.tokenmeter.intake.fixture.TopicTail;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.streams.TokenmeterApplication;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage by HTTP, from a client to its cost. */
class EndToEndTest {
  private static final String TOKEN = "tmk_of-the-search-team";

  @TempDir static Path directory;
  private static Deployment deployment;
  private static TokenmeterApplication application;
  private static IntakeService intake;

  @BeforeAll
  static void start() throws Exception {
    deployment = new Deployment("intake-end-to-end", directory);
    deployment.publishPrice("openai", "gpt-4o", "2.50", "10.00");
    deployment.publishPrice("anthropic", "claude-sonnet-4-5", "3.00", "15.00");
    application = deployment.application();
    intake =
        deployment.intake(
            Map.of(
                "auth.required", "true",
                "tokens.search.sha256", TokenHash.of(TOKEN).toString(),
                "tokens.search.always.team", "search",
                "tokens.search.default.project", "catalogue",
                "http.listen", "127.0.0.1:0"));
  }

  @AfterAll
  static void stop() {
    intake.close();
    application.closeAndLeave();
    deployment.close();
  }

  @Test
  void spans_ofTheOpenTelemetrySdk_arriveAsPricedCost() {
    String traceId;
    try (SdkTracerProvider provider = tracerProvider()) {
      Tracer tracer = provider.get("test");
      Span agent = tracer.spanBuilder("invoke_agent researcher").startSpan();
      agent.setAttribute("gen_ai.operation.name", "invoke_agent");
      agent.setAttribute("gen_ai.agent.name", "researcher");
      traceId = agent.getSpanContext().getTraceId();
      try (Scope scope = agent.makeCurrent()) {
        chat(tracer, 3000, 200);
        tracer.spanBuilder("SELECT catalogue").startSpan().end();
      }
      agent.end();
      provider.forceFlush().join(20, TimeUnit.SECONDS);
    }

    CostedUsage chat =
        costed(c -> traceId.equals(c.getRunId()) && c.getCostRole() == CostRole.LEAF);
    assertThat(chat.getPricingStatus()).isEqualTo(PricingStatus.PRICED);
    assertThat(chat.getCostUsd())
        .isEqualByComparingTo("0.0095"); // 3000 x 2.50 + 200 x 10 per million
    assertThat(chat.getTeam()).isEqualTo("search");
    assertThat(chat.getProject()).isEqualTo("catalogue");
    CostedUsage agent =
        costed(c -> traceId.equals(c.getRunId()) && c.getCostRole() == CostRole.ROLLUP);
    assertThat(agent.getStepId()).isEqualTo(chat.getParentStepId());
  }

  @Test
  void usageJson_sentTwice_isPricedOnce() throws Exception {
    String body = usage("retried", 1_000_000, 0);

    assertThat(post("/v1/usage", body).statusCode()).isEqualTo(200);
    HttpResponse<String> again = post("/v1/usage", body);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo("{\"accepted\":1,\"rejected\":0,\"ignored\":0}\n");
    post("/v1/usage", usage("after-retried", 1, 0));

    costed(c -> c.getEventId().equals("after-retried"));
    List<CostedUsage> priced = costedSoFar("retried");
    assertThat(priced).hasSize(1);
    assertThat(priced.get(0).getCostUsd()).isEqualByComparingTo("2.5");
  }

  @Test
  void jsonLines_withABadLine_areTakenButForThatLine() throws Exception {
    String body =
        usage("line-1", 10, 1) + "\n" + usage("line-2", -5, 1) + "\n" + usage("line-3", 10, 1);

    HttpResponse<String> answer =
        Http.post(
            intake.url() + "/v1/usage", "application/x-ndjson", body.getBytes(), authorization());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"accepted\":2,\"rejected\":1")
        .contains("\"item\":\"line 2\",\"reason\":\"NEGATIVE_COUNT\"");
    try (TopicTail rejected = deployment.tail("rejected-events")) {
      rejected.await(
          entries -> entries.stream().anyMatch(e -> isOf((RejectedEvent) e.value(), "line 2")));
    }
  }

  @Test
  void cloudEvents_inABatch_arePriced() throws Exception {
    String event =
        """
        {"specversion":"1.0","id":"ce-%d","source":"gateway","type":"prompt","subject":"customer-7",
         "time":"%s","data":{"provider":"openai","model":"gpt-4o","input_tokens":1000,"output_tokens":100}}""";
    String batch =
        "[" + event.formatted(1, Instant.now()) + "," + event.formatted(2, Instant.now()) + "]";

    HttpResponse<String> answer =
        Http.post(
            intake.url() + "/v1/events",
            "application/cloudevents-batch+json",
            Http.gzip(batch.getBytes()),
            "Authorization",
            "Bearer " + TOKEN,
            "Content-Encoding",
            "gzip");

    assertThat(answer.body()).contains("\"accepted\":2");
    CostedUsage first = costed(c -> c.getEventId().equals("cloudevents/gateway/ce-1"));
    assertThat(first.getCostUsd()).isEqualByComparingTo("0.0035");
    assertThat(first.getCustomerId()).isEqualTo("customer-7");
  }

  @Test
  void liteLlmPayload_isPricedAndKeepsItsOwnCost() throws Exception {
    String payload =
        """
        {"id":"chatcmpl-1","trace_id":"t-1","call_type":"acompletion","stream":false,"status":"success",
         "custom_llm_provider":"anthropic","model":"claude-sonnet-4-5","startTime":%d.25,"endTime":%d.75,
         "prompt_tokens":2000,"completion_tokens":100,"total_tokens":2100,"response_cost":0.0075,
         "metadata":{"user_api_key_team_alias":"other"},"hidden_params":{},"model_parameters":{},
         "response":{"usage":{"prompt_tokens":2000,"completion_tokens":100,"total_tokens":2100}}}"""
            .formatted(Instant.now().getEpochSecond() - 1, Instant.now().getEpochSecond());

    HttpResponse<String> answer = post("/v1/litellm", "[" + payload + "]");

    assertThat(answer.body()).contains("\"accepted\":1");
    CostedUsage costed = costed(c -> c.getEventId().equals("litellm/chatcmpl-1"));
    assertThat(costed.getCostUsd()).isEqualByComparingTo("0.0075");
    assertThat(costed.getProviderReportedCostUsd()).isEqualByComparingTo(new BigDecimal("0.0075"));
    assertThat(costed.getTeam()).isEqualTo("search");
  }

  @Test
  void operations_showHealthAndMetrics() throws Exception {
    String operations = "http://127.0.0.1:" + intake.operationsPort();
    post("/v1/usage", usage("counted", 1, 1));

    assertThat(Http.get(operations + "/health/live").statusCode()).isEqualTo(200);
    assertThat(Http.get(operations + "/health/ready").statusCode()).isEqualTo(200);
    assertThat(Http.get(intake.url() + "/health/ready").statusCode()).isEqualTo(200);
    assertThat(Http.get(operations + "/metrics").body())
        .contains("tokenmeter_intake_events_total{format=\"usage_json\"}")
        .contains("tokenmeter_intake_requests_seconds_count{path=\"/v1/usage\",status=\"200\"}")
        .contains("tokenmeter_intake_in_flight_requests 0.0")
        .contains("kafka_producer_");
  }

  private static SdkTracerProvider tracerProvider() {
    return SdkTracerProvider.builder()
        .addSpanProcessor(
            SimpleSpanProcessor.create(
                OtlpHttpSpanExporter.builder()
                    .setEndpoint(intake.url() + "/v1/traces")
                    .setCompression("gzip")
                    .addHeader("Authorization", "Bearer " + TOKEN)
                    .build()))
        .build();
  }

  private static void chat(Tracer tracer, long input, long output) {
    Span chat = tracer.spanBuilder("chat gpt-4o").setSpanKind(SpanKind.CLIENT).startSpan();
    chat.setAttribute("gen_ai.operation.name", "chat");
    chat.setAttribute("gen_ai.provider.name", "openai");
    chat.setAttribute("gen_ai.request.model", "gpt-4o");
    chat.setAttribute("gen_ai.response.model", "gpt-4o");
    chat.setAttribute(AttributeKey.longKey("gen_ai.usage.input_tokens"), input);
    chat.setAttribute(AttributeKey.longKey("gen_ai.usage.output_tokens"), output);
    chat.end();
  }

  private static String usage(String id, long input, long output) {
    return """
        {"event_id":"%s","occurred_at":"%s","provider":"openai","model":"gpt-4o","input_tokens":%d,"output_tokens":%d}"""
        .formatted(id, Instant.now(), input, output);
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return Http.postJson(intake.url() + path, body, authorization());
  }

  private static String[] authorization() {
    return new String[] {"Authorization", "Bearer " + TOKEN};
  }

  private static boolean isOf(RejectedEvent event, String item) {
    return event.getMessage().startsWith(item) && event.getSourceTopic().equals("/v1/usage");
  }

  private static CostedUsage costed(java.util.function.Predicate<CostedUsage> wanted) {
    try (TopicTail costed = deployment.tail("costed-usage")) {
      costed.await(entries -> entries.stream().anyMatch(e -> wanted.test((CostedUsage) e.value())));
      return costed.values(CostedUsage.class).stream().filter(wanted).findFirst().orElseThrow();
    }
  }

  private static List<CostedUsage> costedSoFar(String eventId) {
    try (TopicTail costed = deployment.tail("costed-usage")) {
      return costed.readToEnd().values(CostedUsage.class).stream()
          .filter(c -> c.getEventId().equals(eventId))
          .toList();
    }
  }
}
