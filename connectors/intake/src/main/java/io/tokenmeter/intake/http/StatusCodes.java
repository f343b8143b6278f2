package io.tokenmeter.intake.http;

/**
 * Codes of google.rpc.Status for HTTP's.
 *
 * <p>Source: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto.
 */
final class StatusCodes {
  private StatusCodes() {}

  static int ofHttp(int status) {
    return switch (status) {
      case 401 -> 16; // UNAUTHENTICATED
      case 404 -> 5; // NOT_FOUND
      case 408 -> 4; // DEADLINE_EXCEEDED
      case 429 -> 8; // RESOURCE_EXHAUSTED
      case 500 -> 13; // INTERNAL
      case 503 -> 14; // UNAVAILABLE
      default -> 3; // INVALID_ARGUMENT
    };
  }
}
