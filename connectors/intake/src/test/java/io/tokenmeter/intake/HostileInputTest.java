package io.tokenmeter.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.tokenmeter.intake.config.TokenHash;
import io.tokenmeter.intake.fixture.Deployment;
import io.tokenmeter.intake.fixture.Http;
import io.tokenmeter.intake.fixture.RawClient;
import io.tokenmeter.intake.fixture.Spans;
import io.tokenmeter.intake.fixture.TopicTail;
import io.tokenmeter.schemas.RejectedEvent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody should send: each gets a clear answer, and the service stays up. */
class HostileInputTest {
  private static final String TOKEN = "tmk_good";
  private static final String[] AUTHORIZED = {"Authorization", "Bearer " + TOKEN};
  private static final int MEBIBYTE = 1 << 20;

  @TempDir static Path directory;
  private static Deployment deployment;
  private static IntakeService intake;
  private static IntakeService open;

  @BeforeAll
  static void start() throws Exception {
    deployment = new Deployment("intake-hostile", directory);
    intake =
        deployment.intake(
            Map.of(
                "auth.required", "true",
                "tokens.good.sha256", TokenHash.of(TOKEN).toString(),
                "request.max.bytes", Integer.toString(MEBIBYTE),
                "request.max.decompressed.bytes", Integer.toString(2 * MEBIBYTE),
                "request.max.items", "1000"));
    open =
        deployment.intake(
            Map.of(
                "request.timeout.ms", "1500",
                "in.flight.max.bytes", Integer.toString(2 * MEBIBYTE),
                "in.flight.max.requests", "3"));
  }

  @AfterAll
  static void stop() {
    open.close();
    intake.close();
    deployment.close();
  }

  @AfterEach
  void service_afterwards_stillTakesUsageAndHoldsNothing() throws Exception {
    assertThat(post("/v1/usage", good()).statusCode()).isEqualTo(200);
    assertThat(Http.postJson(open.url() + "/v1/usage", good()).statusCode()).isEqualTo(200);
    for (IntakeService service : List.of(intake, open)) {
      awaitMetric(service, "tokenmeter_intake_in_flight_bytes 0.0");
      awaitMetric(service, "tokenmeter_intake_in_flight_requests 0.0");
    }
  }

  static Stream<Arguments> events() {
    String ancient = "1999-12-31T23:59:59Z";
    String future = Instant.now().plus(Duration.ofDays(400)).toString();
    return Stream.of(
        Arguments.of("a negative count", event("\"input_tokens\":-1"), "NEGATIVE_COUNT"),
        Arguments.of("NaN", event("\"input_tokens\":NaN"), ""),
        Arguments.of("a huge count", event("\"input_tokens\":1e300"), "input_tokens"),
        Arguments.of("half a token", event("\"input_tokens\":1.5"), "input_tokens"),
        Arguments.of("text for a count", event("\"input_tokens\":\"many\""), "input_tokens"),
        Arguments.of("an unknown field", event("\"input_token\":1"), "input_token"),
        Arguments.of("more cached than input", contradiction(), "CONTRADICTORY_COUNTS"),
        Arguments.of("a time before all", good().replaceAll("20..-[^\"]*", ancient), "TOO_EARLY"),
        Arguments.of("a time to come", good().replaceAll("20..-[^\"]*", future), "IN_FUTURE"),
        Arguments.of(
            "no time", "{\"event_id\":\"e\",\"provider\":\"p\",\"model\":\"m\"}", "occurred_at"),
        Arguments.of(
            "a long name", event("\"team\":\"" + "x".repeat(2000) + "\""), "TEXT_TOO_LONG"),
        Arguments.of("nothing", "", ""),
        Arguments.of("no JSON", "hello", "UNDECODABLE"),
        Arguments.of("half an object", good().substring(0, 40), "UNDECODABLE"),
        Arguments.of("deep nesting", "[".repeat(200_000), ""),
        Arguments.of("too many items", "[" + "1,".repeat(5000) + "1]", "TOO_LARGE"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void usage_thatCannotBe_isAnswered400WithTheReason(String what, String body, String expected)
      throws Exception {
    HttpResponse<String> answer = post("/v1/usage", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"accepted\":0,\"rejected\":1").contains(expected);
  }

  @Test
  void usage_thatIsNotUtf8_isAnswered400() throws Exception {
    byte[] body = event("\"team\":\"caf\u00e9\"").getBytes(ISO_8859_1);

    HttpResponse<String> answer =
        Http.post(intake.url() + "/v1/usage", "application/json", body, AUTHORIZED);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("UNDECODABLE");
  }

  @Test
  void protobuf_cutOff_isAnswered400WithAStatusMessage() throws Exception {
    byte[] request = Spans.request(77, 2, 5).toByteArray();
    byte[] cut = Arrays.copyOf(request, request.length / 2);

    HttpResponse<String> answer = postTraces(cut);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
    // google.rpc.Status: field 1 is the code, INVALID_ARGUMENT; field 2 the message.
    assertThat(answer.body().getBytes(ISO_8859_1)).startsWith(0x08, 0x03, 0x12);
    assertThat(answer.body()).contains("UNDECODABLE");
  }

  @Test
  void spans_ofWhichOneIsWrong_areAPartialSuccess() throws Exception {
    ExportTraceServiceRequest request = Spans.withCount(Spans.request(77, 3, 5), 1, -7);

    HttpResponse<String> answer = postTraces(request.toByteArray());

    assertThat(answer.statusCode()).isEqualTo(200);
    ExportTraceServiceResponse response =
        ExportTraceServiceResponse.parseFrom(answer.body().getBytes(ISO_8859_1));
    assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
    assertThat(response.getPartialSuccess().getErrorMessage())
        .contains("spans[1]")
        .contains("NEGATIVE_COUNT");
  }

  @Test
  void spans_thatAreAllFine_areAnsweredWithoutPartialSuccess() throws Exception {
    HttpResponse<String> answer = postTraces(Spans.request(77, 2, 5).toByteArray());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(postTraces(new byte[0]).statusCode()).isEqualTo(200);
  }

  @Test
  void spansAsJson_areAnsweredInJson() throws Exception {
    assertThat(post("/v1/traces", "{\"resourceSpans\":[]}").body()).isEqualTo("{}\n");
    HttpResponse<String> broken = post("/v1/traces", "{\"resourceSpans\":");
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(broken.body()).contains("\"code\":3").contains("UNDECODABLE");
  }

  @Test
  void body_of100Megabytes_isAnswered413() throws Exception {
    byte[] body = new byte[100 * MEBIBYTE];

    HttpResponse<String> answer =
        Http.post(intake.url() + "/v1/usage", "application/json", body, AUTHORIZED);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("request.max.bytes, " + MEBIBYTE);
    try (TopicTail rejected = deployment.tail("rejected-events")) {
      rejected.await(
          all -> all.stream().anyMatch(e -> reason((RejectedEvent) e.value()).equals("TOO_LARGE")));
    }
  }

  @Test
  void chunkedBody_withoutEnd_isAnswered413() throws Exception {
    try (RawClient client = new RawClient(intake.url())) {
      client.send(
          "POST /v1/usage HTTP/1.1\r\nHost: intake\r\nContent-Type: application/json\r\n"
              + "Authorization: Bearer "
              + TOKEN
              + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      for (int i = 0; i < 40; i++) {
        client.send(chunk);
      }
      client.send("0\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void bomb_ofAThousandfold_isAnswered413() throws Exception {
    byte[] bomb = Http.gzip(new byte[100 * MEBIBYTE]);
    assertThat(bomb.length).isLessThan(MEBIBYTE);

    HttpResponse<String> answer = postPacked(bomb, "gzip");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("request.max.decompressed.bytes");
  }

  @Test
  void gzip_cutOffOrUnknown_isAnswered400Or415() throws Exception {
    byte[] packed = Http.gzip(good().getBytes(UTF_8));

    assertThat(postPacked(Arrays.copyOf(packed, 20), "gzip").statusCode()).isEqualTo(400);
    assertThat(postPacked("no gzip".getBytes(UTF_8), "gzip").body()).contains("gzip");
    HttpResponse<String> brotli = postPacked(packed, "br");
    assertThat(brotli.statusCode()).isEqualTo(415);
    assertThat(brotli.headers().firstValue("Accept-Encoding")).hasValue("gzip, identity");
  }

  @Test
  void token_thatIsWrongOrMissing_isAnswered401() throws Exception {
    HttpResponse<String> missing = Http.postJson(intake.url() + "/v1/usage", good());
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.headers().firstValue("WWW-Authenticate")).isPresent();
    for (String token : List.of("tmk_goof", "", TokenHash.of(TOKEN).toString())) {
      HttpResponse<String> answer =
          Http.postJson(intake.url() + "/v1/usage", good(), "Authorization", "Bearer " + token);
      assertThat(answer.statusCode()).isEqualTo(401);
    }
    assertThat(Http.postJson(intake.url() + "/v1/usage", good(), "X-Api-Key", TOKEN).statusCode())
        .isEqualTo(200);
  }

  @Test
  void request_toTheWrongPlace_isToldWhere() throws Exception {
    assertThat(Http.get(intake.url() + "/v1/usage").statusCode()).isEqualTo(405);
    HttpResponse<String> elsewhere = post("/v1/metrics", "{}");
    assertThat(elsewhere.statusCode()).isEqualTo(404);
    assertThat(elsewhere.body()).contains("/v1/traces").contains("OTEL_METRICS_EXPORTER=none");
    HttpResponse<String> form =
        Http.post(intake.url() + "/v1/usage", "text/html", new byte[1], AUTHORIZED);
    assertThat(form.statusCode()).isEqualTo(415);
    assertThat(form.body()).contains("application/json");
  }

  @Test
  void bytes_thatAreNoHttp_areAnswered400() throws Exception {
    try (RawClient client = new RawClient(intake.url())) {
      assertThat(client.send("\u0000\u0001\u0002 hello\r\n\r\n").readAll()).contains("400");
    }
    try (RawClient client = new RawClient(intake.url())) {
      String head = "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n";
      assertThat(client.send(head).readAll()).contains("431");
    }
  }

  @Test
  void body_thatComesTooSlowly_isAnswered408() throws Exception {
    try (RawClient client = new RawClient(open.url())) {
      long start = System.nanoTime();
      String answer = client.sendHead(1000).send("{\"event_id\":").readAll();

      assertThat(answer).startsWith("HTTP/1.1 408").contains("within 1500 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void client_thatGoesAwayHalfway_leavesNothingBehind() throws Exception {
    try (RawClient client = new RawClient(open.url())) {
      client.sendHead(1000).send("{\"event_id\":");
    }
    awaitIdle();
  }

  @Test
  void connections_thatNeverFinishTheirHead_keepNobodyOut() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        slow.add(new RawClient(open.url()).send("POST /v1/usage HTTP/1.1\r\nHost: x\r\nX-"));
      }
      assertThat(Http.postJson(open.url() + "/v1/usage", good()).statusCode()).isEqualTo(200);
    } finally {
      for (RawClient client : slow) {
        client.close();
      }
    }
  }

  @Test
  void request_beyondThoseInFlight_isAnswered429() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        slow.add(new RawClient(open.url()).sendHead(1000).send("{"));
      }
      awaitMetric(open, "tokenmeter_intake_in_flight_requests 3.0");
      HttpResponse<String> answer = Http.postJson(open.url() + "/v1/usage", good());
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    } finally {
      for (RawClient client : slow) {
        client.close();
      }
      awaitIdle();
    }
  }

  @Test
  void bytes_beyondThoseInFlight_areAnswered429() throws Exception {
    try (RawClient slow = new RawClient(open.url())) {
      slow.sendHead(3 * MEBIBYTE).send("x".repeat(MEBIBYTE + MEBIBYTE / 2));
      awaitMetric(open, "tokenmeter_intake_in_flight_bytes 1572864.0");
      HttpResponse<String> answer =
          Http.postJson(open.url() + "/v1/usage", " ".repeat(MEBIBYTE) + good());
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).contains("bytes");
    } finally {
      awaitIdle();
    }
  }

  private static void awaitIdle() throws InterruptedException {
    awaitMetric(open, "tokenmeter_intake_in_flight_requests 0.0");
  }

  private static void awaitMetric(IntakeService service, String line) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!service.metrics().contains(line)) {
      assertThat(System.nanoTime()).as(line).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return Http.postJson(intake.url() + path, body, AUTHORIZED);
  }

  private static HttpResponse<String> postTraces(byte[] body) throws Exception {
    return Http.post(intake.url() + "/v1/traces", "application/x-protobuf", body, AUTHORIZED);
  }

  private static HttpResponse<String> postPacked(byte[] body, String encoding) throws Exception {
    return Http.post(
        intake.url() + "/v1/usage",
        "application/json",
        body,
        "Authorization",
        "Bearer " + TOKEN,
        "Content-Encoding",
        encoding);
  }

  private static String good() {
    return event("\"input_tokens\":1");
  }

  private static String event(String field) {
    return "{\"event_id\":\"e\",\"occurred_at\":\""
        + Instant.now()
        + "\",\"provider\":\"openai\",\"model\":\"gpt-4o\","
        + field
        + "}";
  }

  private static String contradiction() {
    return event("\"input_tokens\":1,\"cache_read_tokens\":2");
  }

  private static String reason(RejectedEvent event) {
    return event.getReason();
  }
}
