package io.tokenmeter.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.intake.fixture.Deployment;
import io.tokenmeter.intake.fixture.Http;
import io.tokenmeter.intake.fixture.RawClient;
import io.tokenmeter.intake.fixture.TopicTail;
import io.tokenmeter.schemas.UsageEvent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an intake starts, or says why it does not, and how it stops. */
class StartTest {
  private static final String USAGE =
      """
      {"event_id":"%s","occurred_at":"2026-01-15T10:00:00Z","provider":"openai","model":"gpt-4o","input_tokens":5}""";

  @TempDir static Path directory;
  private static Deployment deployment;

  @BeforeAll
  static void createTopics() throws Exception {
    deployment = new Deployment("intake-start", directory);
  }

  @AfterAll
  static void close() {
    deployment.close();
  }

  @Test
  void portInUse_isNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFails(
          Map.of("intake.listen", "127.0.0.1:" + taken.getLocalPort()),
          "intake.listen",
          "in use or not of this machine");
    }
  }

  @Test
  void address_thatIsNone_isNamed() {
    assertFails(Map.of("intake.listen", "here"), "intake.listen", "host:port");
    assertFails(Map.of("http.listen", "127.0.0.1:x"), "http.listen", "host:port");
  }

  @Test
  void missingTopics_areNamedWithTheCommandThatCreatesThem() {
    assertFails(
        Map.of("topic.prefix", "elsewhere."),
        "elsewhere.rejected-events, elsewhere.usage-events",
        "tokenmeter topics create");
    assertFails(
        Map.of("sources.1.topic", "no-such", "sources.1.format", "otlp_proto"),
        "no-such",
        "start what writes to them first");
  }

  @Test
  void certificate_thatIsMissingOrNone_isNamed() throws Exception {
    assertFails(Map.of("tls.certificate", "a.pem"), "tls.key", "belong together");
    assertFails(
        Map.of("tls.certificate", "no.pem", "tls.key", "no.pem"),
        "tls.certificate",
        "no such file");
    assertFails(Map.of("tls.keystore", "no.p12"), "tls.keystore", "no such file");
    Path none = Files.writeString(directory.resolve("none.pem"), "none");
    assertFails(
        Map.of("tls.certificate", none.toString(), "tls.key", none.toString()),
        "key and certificate");
  }

  @Test
  void kafka_thatIsNotThere_isReported() {
    assertThatThrownBy(
            () ->
                deployment.intake(
                    Map.of(
                        "bootstrap.servers", "127.0.0.1:1",
                        "admin.default.api.timeout.ms", "2000",
                        "admin.request.timeout.ms", "1000")))
        .rootCause()
        .isInstanceOf(org.apache.kafka.common.errors.TimeoutException.class);
  }

  @Test
  void https_withPemFilesOrAKeystore_takesUsage() throws Exception {
    Path keystore = directory.resolve("intake.p12");
    keytool(keystore);
    KeyStore store = KeyStore.getInstance(keystore.toFile(), "changeit".toCharArray());
    Path key =
        pem(
            "key.pem",
            "PRIVATE KEY",
            store.getKey("intake", "changeit".toCharArray()).getEncoded());
    Path certificate = pem("cert.pem", "CERTIFICATE", store.getCertificate("intake").getEncoded());
    Map<String, String> files =
        Map.of("tls.certificate", certificate.toString(), "tls.key", key.toString());
    Map<String, String> one =
        Map.of("tls.keystore", keystore.toString(), "tls.keystore.password", "changeit");
    for (Map<String, String> tls : java.util.List.of(files, one)) {
      try (IntakeService intake = deployment.intake(tls)) {
        assertThat(intake.url()).startsWith("https://");
        assertThat(post(trusting(store), intake.url(), "over-tls").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void stop_whileABodyArrives_answersItAndKeepsItsEvent() throws Exception {
    IntakeService intake = deployment.intake(Map.of());
    String body = USAGE.formatted("in-time");
    try (RawClient client = new RawClient(intake.url())) {
      client.sendHead(body.length()).send(body.substring(0, 30));
      while (!intake.metrics().contains("tokenmeter_intake_in_flight_requests 1.0")) {
        Thread.sleep(10);
      }
      CompletableFuture<Void> stop = CompletableFuture.runAsync(intake::close);
      while (intake.isReady()) {
        Thread.sleep(10);
      }
      HttpResponse<String> late =
          Http.postJson(intake.url() + "/v1/usage", USAGE.formatted("late"));
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.headers().firstValue("Retry-After")).isPresent();
      client.send(body.substring(30));
      assertThat(client.readAll()).startsWith("HTTP/1.1 200");
      stop.get(20, TimeUnit.SECONDS);
    }
    try (TopicTail events = deployment.tail("usage-events")) {
      assertThat(events.readToEnd().values(UsageEvent.class))
          .extracting(UsageEvent::getEventId)
          .contains("in-time")
          .doesNotContain("late");
    }
  }

  private static void assertFails(Map<String, String> settings, String... words) {
    assertThatThrownBy(() -> deployment.intake(settings))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains(words);
  }

  private static void keytool(Path keystore) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "intake",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "30",
                "-storepass",
                "changeit",
                "-keystore",
                keystore.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  private static Path pem(String name, String kind, byte[] bytes) throws Exception {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(bytes);
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, base64, kind));
  }

  private static HttpClient trusting(KeyStore store) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("intake", store.getCertificate("intake"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static HttpResponse<String> post(HttpClient client, String url, String id)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + "/v1/usage"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(USAGE.formatted(id)))
            .build(),
        BodyHandlers.ofString());
  }
}
