package io.tokenmeter.intake.http;

import io.tokenmeter.intake.config.UsageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A path that takes usage, and the content types it takes it in. */
enum Endpoint {
  /** OTLP/HTTP. Its paths and types are the specification's. */
  TRACES(
      "/v1/traces",
      Map.of(
          OtlpAnswers.PROTOBUF, UsageFormat.OTLP_PROTO, JsonAnswers.TYPE, UsageFormat.OTLP_JSON)),
  /** Usage events under their own names, and providers' responses. */
  USAGE("/v1/usage", json(UsageFormat.USAGE_JSON, "application/x-ndjson", "application/jsonl")),
  /**
   * CloudEvents in JSON:
   * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md.
   */
  EVENTS(
      "/v1/events",
      json(
          UsageFormat.CLOUDEVENTS,
          "application/cloudevents+json",
          "application/cloudevents-batch+json")),
  /** LiteLLM's callbacks. */
  LITELLM("/v1/litellm", json(UsageFormat.LITELLM, "application/x-ndjson"));

  private static final AnswerStyle JSON = new JsonAnswers();
  private static final AnswerStyle OTLP = new OtlpAnswers();
  private static final AnswerStyle OTLP_JSON = new OtlpJsonAnswers();

  private final String path;
  private final Map<String, UsageFormat> formats;

  Endpoint(String path, Map<String, UsageFormat> formats) {
    this.path = path;
    this.formats = formats;
  }

  private static Map<String, UsageFormat> json(UsageFormat format, String... types) {
    List<String> all = new ArrayList<>(List.of(types));
    all.add(JsonAnswers.TYPE);
    return all.stream().collect(Collectors.toMap(type -> type, type -> format));
  }

  static Optional<Endpoint> at(String path) {
    return Arrays.stream(values()).filter(endpoint -> endpoint.path.equals(path)).findFirst();
  }

  /** All paths, for those who asked for another. */
  static String paths() {
    return Arrays.stream(values()).map(Endpoint::path).collect(Collectors.joining(", "));
  }

  String path() {
    return path;
  }

  /**
   * The format of a body of that type.
   *
   * @throws Refusal if the endpoint does not take the type
   */
  UsageFormat format(@Nullable String contentType) {
    UsageFormat format = formats.get(mediaType(contentType));
    if (format == null) {
      throw Refusal.unsupportedMediaType(
          path
              + " takes Content-Type "
              + formats.keySet().stream().sorted().collect(Collectors.joining(" or ")));
    }
    return format;
  }

  /** How it answers; a client of OTLP in the encoding that it uses itself. */
  AnswerStyle style(@Nullable String contentType) {
    if (this != TRACES) {
      return JSON;
    }
    return mediaType(contentType).equals(JsonAnswers.TYPE) ? OTLP_JSON : OTLP;
  }

  private static String mediaType(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
