package io.tokenmeter.intake.http;

import java.time.Duration;
import java.util.Map;

/**
 * A request that is not taken, with what the client is told.
 *
 * <p>Which statuses a client may repeat (429, 503) is OTLP's choice: OTLP specification 1.9,
 * section "Retryable Response Codes".
 */
final class Refusal extends RuntimeException {
  /** HTTP status of a body that did not arrive in time. */
  static final int TOO_SLOW = 408;

  /** HTTP status of a body that is too large. */
  static final int TOO_LARGE = 413;

  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;

  private final int status;
  private final transient Map<String, String> headers;

  private Refusal(int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  private Refusal(int status, String message) {
    this(status, message, Map.of());
  }

  static Refusal badRequest(String message) {
    return new Refusal(BAD_REQUEST, message);
  }

  static Refusal unauthorized(String message) {
    return new Refusal(401, message, Map.of("WWW-Authenticate", "Bearer realm=\"tokenmeter\""));
  }

  static Refusal notFound(String message) {
    return new Refusal(404, message);
  }

  static Refusal methodNotAllowed() {
    return new Refusal(405, "usage is sent with POST", Map.of("Allow", "POST"));
  }

  static Refusal tooSlow(Duration limit) {
    return new Refusal(TOO_SLOW, "the body did not arrive within " + limit.toMillis() + " ms");
  }

  static Refusal tooLarge(String message) {
    return new Refusal(TOO_LARGE, message);
  }

  static Refusal unsupportedMediaType(String message) {
    return new Refusal(415, message);
  }

  static Refusal unsupportedEncoding(String message) {
    return new Refusal(415, message, Map.of("Accept-Encoding", "gzip, identity"));
  }

  /** The service has as much to do as it may hold in memory. */
  static Refusal overloaded(String message) {
    return new Refusal(429, message, Map.of("Retry-After", "1"));
  }

  /** Kafka does not take events, or the service stops. */
  static Refusal unavailable(String message) {
    return new Refusal(503, message, Map.of("Retry-After", "5"));
  }

  static Refusal internal() {
    return new Refusal(500, "the intake failed; its log says why");
  }

  int status() {
    return status;
  }

  /** Whether the client will never get this body in. */
  boolean isForGood() {
    return status == BAD_REQUEST || status == TOO_LARGE;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  /** Headers that belong to the status. */
  Map<String, String> headers() {
    return headers;
  }
}
