package io.tokenmeter.intake.config;

import io.tokenmeter.streams.TokenmeterConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * All settings of the intake: key, type, default, check and one line of documentation, written once
 * here. What means the same as in the application is the application's own setting.
 *
 * <p>API tokens ({@code tokens.NAME.*}) and topics to read ({@code sources.N.*}) are families of
 * settings, read by {@link ApiTokens} and {@link SourceTopic}.
 */
public final class IntakeConfig extends AbstractConfig {
  /** Address that takes usage. */
  public static final String LISTEN = "intake.listen";

  /** Whether requests need a token. */
  public static final String AUTH_REQUIRED = "auth.required";

  /** PEM file of the certificate chain. */
  public static final String TLS_CERTIFICATE = "tls.certificate";

  /** PEM file of the private key. */
  public static final String TLS_KEY = "tls.key";

  /** Password of the private key. */
  public static final String TLS_KEY_PASSWORD = "tls.key.password";

  /** Keystore file. */
  public static final String TLS_KEYSTORE = "tls.keystore";

  /** Password of the keystore. */
  public static final String TLS_KEYSTORE_PASSWORD = "tls.keystore.password";

  /** Largest body as it is sent. */
  public static final String REQUEST_MAX_BYTES = "request.max.bytes";

  /** Largest body after decompression. */
  public static final String REQUEST_MAX_DECOMPRESSED_BYTES = "request.max.decompressed.bytes";

  /** Most items of one body. */
  public static final String REQUEST_MAX_ITEMS = "request.max.items";

  /** How long a body may take to arrive. */
  public static final String REQUEST_TIMEOUT_MS = "request.timeout.ms";

  /** Bound on memory for requests. */
  public static final String IN_FLIGHT_MAX_BYTES = "in.flight.max.bytes";

  /** Bound on requests. */
  public static final String IN_FLIGHT_MAX_REQUESTS = "in.flight.max.requests";

  /** Bound on connections. */
  public static final String CONNECTIONS_MAX = "connections.max";

  /** How long Kafka may take. */
  public static final String KAFKA_TIMEOUT_MS = "kafka.timeout.ms";

  /** How long a stop may take. */
  public static final String SHUTDOWN_TIMEOUT_MS = "shutdown.timeout.ms";

  /** Provider of events that do not say theirs. */
  public static final String DEFAULT_PROVIDER = "default.provider";

  /** Consumer group. */
  public static final String GROUP = "intake.group";

  /** Every setting with its type, default, check and documentation. */
  public static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(ofApplication(TokenmeterConfig.BOOTSTRAP_SERVERS))
          .define(ofApplication(TokenmeterConfig.REGISTRY_URL))
          .define(ofApplication(TokenmeterConfig.TOPIC_PREFIX))
          .define(
              LISTEN,
              Type.STRING,
              "127.0.0.1:4318",
              Importance.HIGH,
              "Address that takes usage, as host:port; 0.0.0.0 for all of this machine's, port 0 for a free one.")
          .define(
              AUTH_REQUIRED,
              Type.BOOLEAN,
              true,
              Importance.HIGH,
              "Whether requests must carry an API token. false: whoever reaches the port may send usage.")
          .define(
              TLS_CERTIFICATE,
              Type.STRING,
              "",
              Importance.MEDIUM,
              "PEM file of the certificate and its chain; with tls.key it turns HTTPS on.")
          .define(
              TLS_KEY,
              Type.STRING,
              "",
              Importance.MEDIUM,
              "PEM file of the private key, in PKCS#8 (BEGIN PRIVATE KEY or BEGIN ENCRYPTED PRIVATE KEY).")
          .define(
              TLS_KEY_PASSWORD,
              Type.PASSWORD,
              "",
              Importance.LOW,
              "Password of the private key in tls.key or in the keystore, if it has one of its own.")
          .define(
              TLS_KEYSTORE,
              Type.STRING,
              "",
              Importance.MEDIUM,
              "Keystore (PKCS#12 or JKS) that holds key and certificate, instead of the two PEM files.")
          .define(
              TLS_KEYSTORE_PASSWORD,
              Type.PASSWORD,
              "",
              Importance.MEDIUM,
              "Password of the keystore.")
          .define(
              REQUEST_MAX_BYTES,
              Type.INT,
              8 << 20,
              Range.between(1024, 256 << 20),
              Importance.MEDIUM,
              "Largest body as it is sent, bytes; a larger one is answered 413.")
          .define(
              REQUEST_MAX_DECOMPRESSED_BYTES,
              Type.INT,
              16 << 20,
              Range.between(1024, 256 << 20),
              Importance.MEDIUM,
              "Largest body after decompression, bytes; a larger one is answered 413.")
          .define(
              REQUEST_MAX_ITEMS,
              Type.INT,
              10_000,
              Range.between(1, 1_000_000),
              Importance.LOW,
              "Most spans, events or payloads in one body; more are answered 413.")
          .define(
              REQUEST_TIMEOUT_MS,
              Type.INT,
              20_000,
              Range.between(100, 600_000),
              Importance.LOW,
              "How long a body may take to arrive, milliseconds; a slower one is answered 408.")
          .define(
              IN_FLIGHT_MAX_BYTES,
              Type.LONG,
              64L << 20,
              Range.atLeast(1 << 20),
              Importance.MEDIUM,
              "Bytes of bodies and of events on their way to Kafka at any time; what would exceed it is answered 429.")
          .define(
              IN_FLIGHT_MAX_REQUESTS,
              Type.INT,
              1000,
              Range.atLeast(1),
              Importance.MEDIUM,
              "Requests being worked on at any time; one more is answered 429.")
          .define(
              CONNECTIONS_MAX,
              Type.INT,
              4000,
              Range.atLeast(1),
              Importance.LOW,
              "Open connections at any time; further ones wait to be accepted.")
          .define(
              KAFKA_TIMEOUT_MS,
              Type.INT,
              8_000,
              Range.between(500, 120_000),
              Importance.MEDIUM,
              "How long Kafka may take to have an event, milliseconds; after that the request is answered 503.")
          .define(
              SHUTDOWN_TIMEOUT_MS,
              Type.INT,
              10_000,
              Range.between(0, 600_000),
              Importance.LOW,
              "How long a stop waits for requests that are being worked on, milliseconds.")
          .define(
              DEFAULT_PROVIDER,
              Type.STRING,
              "",
              Importance.MEDIUM,
              "Provider of CloudEvents that do not say theirs, such as openai. Empty: they are rejected.")
          .define(ofApplication(TokenmeterConfig.EVENT_MAX_BYTES))
          .define(ofApplication(TokenmeterConfig.EVENT_MAX_FUTURE_MS))
          .define(
              TokenmeterConfig.REJECTED_RAW_VALUE_LIMIT,
              Type.INT,
              0,
              Range.between(0, 900_000),
              Importance.LOW,
              "How many bytes of a rejected body or record are kept in rejected-events. They may hold prompts, so by default none.")
          .define(
              TokenmeterConfig.THREADS,
              Type.INT,
              0,
              Range.between(0, 1024),
              Importance.MEDIUM,
              "Threads that read bodies into events, and as many that read topics. 0: one per core.")
          .define(
              GROUP,
              Type.STRING,
              "tokenmeter-intake",
              new ConfigDef.NonEmptyString(),
              Importance.MEDIUM,
              "Consumer group that reads the topics in sources.*; instances with the same one share them.")
          .define(ofApplication(TokenmeterConfig.COMMIT_INTERVAL_MS))
          .define(ofApplication(TokenmeterConfig.STATE_DIR))
          .define(ofApplication(TokenmeterConfig.VALUE_SERIALIZER))
          .define(
              TokenmeterConfig.HTTP_LISTEN,
              Type.STRING,
              "",
              Importance.MEDIUM,
              "Address of /metrics, /health/live and /health/ready, as host:port, such as 127.0.0.1:9464. Empty: none.");

  /** What families of settings begin with. */
  private static final List<String> PREFIXES =
      List.of(
          ApiTokens.PREFIX,
          SourceTopic.PREFIX,
          "streams.",
          "producer.",
          "consumer.",
          "admin.",
          "serde.");

  private final ApiTokens tokens;
  private final List<SourceTopic> sources;

  /** Reads and checks settings; throws ConfigException naming the setting that is wrong. */
  public IntakeConfig(Map<String, ?> settings) {
    super(DEFINITION, settings, false);
    settings.keySet().forEach(IntakeConfig::requireKnown);
    tokens = ApiTokens.of(originalsWithPrefix(ApiTokens.PREFIX));
    sources = SourceTopic.all(originalsWithPrefix(SourceTopic.PREFIX));
    if (getBoolean(AUTH_REQUIRED) && tokens.isEmpty()) {
      throw new ConfigException(
          "auth.required is true, but no token is configured; make one with 'tokenmeter intake token"
              + " NAME', or set auth.required=false if the port is out of everybody else's reach");
    }
  }

  /** The tokens that may be used. */
  public ApiTokens tokens() {
    return tokens;
  }

  /** The topics to read; empty where usage comes by HTTP only. */
  public List<SourceTopic> sources() {
    return sources;
  }

  /** A setting in milliseconds. */
  public Duration millis(String key) {
    return Duration.ofMillis(getInt(key));
  }

  /** Number of threads, also where one per core is asked for. */
  public int threads() {
    int threads = getInt(TokenmeterConfig.THREADS);
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** The whole name of a catalogued topic. */
  public String topic(String name) {
    return getString(TokenmeterConfig.TOPIC_PREFIX) + name;
  }

  /** The same settings as the application would read them, for serdes and Kafka's clients. */
  public TokenmeterConfig application() {
    Map<String, Object> settings = originals();
    settings.put(TokenmeterConfig.APPLICATION_ID, getString(GROUP));
    return new TokenmeterConfig(settings);
  }

  /** One file may serve the application too. */
  private static void requireKnown(String key) {
    boolean known =
        DEFINITION.configKeys().containsKey(key)
            || TokenmeterConfig.DEFINITION.configKeys().containsKey(key)
            || PREFIXES.stream().anyMatch(key::startsWith);
    if (!known) {
      throw new ConfigException(
          "unknown setting " + key + "; 'tokenmeter intake settings' lists all there are");
    }
  }

  private static ConfigDef.ConfigKey ofApplication(String key) {
    return Objects.requireNonNull(TokenmeterConfig.DEFINITION.configKeys().get(key));
  }
}
