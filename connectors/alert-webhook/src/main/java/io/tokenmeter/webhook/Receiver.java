package io.tokenmeter.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The other end: posts one request at a time, and says what came of it. */
final class Receiver {
  private final URI url;
  private final Duration timeout;
  private final HttpClient client;

  Receiver(URI url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
    client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER) // would post to an unknown place
            .build();
  }

  /**
   * Posts a request and waits for the answer, at most as long as the receiver has.
   *
   * @throws InterruptedException if the task is stopped meanwhile
   */
  Answer post(AlertRequest request, String idempotencyKey) throws InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "Tokenmeter")
            .header("Idempotency-Key", printable(idempotencyKey))
            .POST(HttpRequest.BodyPublishers.ofString(request.body()));
    request.headers().forEach(post::header);
    CompletableFuture<HttpResponse<String>> response = client.sendAsync(post.build(), firstBytes());
    try {
      // The client's own limit ends with the headers.
      return answer(response.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Answer.failed("no answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      return Answer.failed(reason(e.getCause()));
    } finally {
      response.cancel(true);
    }
  }

  private String reason(@Nullable Throwable cause) {
    if (cause instanceof HttpTimeoutException) {
      return "no answer within " + timeout.toMillis() + " ms";
    }
    // Messages of the client may hold the address, which may be a secret.
    return "no connection (" + (cause == null ? "?" : cause.getClass().getSimpleName()) + ")";
  }

  private static BodyHandler<String> firstBytes() {
    return info -> BodySubscribers.fromSubscriber(new FirstBytes(), FirstBytes::text);
  }

  private static Answer answer(HttpResponse<String> response) {
    return Answer.ofStatus(
        response.statusCode(),
        response.body(),
        response.headers().firstValue("Retry-After").map(Receiver::seconds).orElse(Duration.ZERO));
  }

  /** Seconds; a date, which the header may also hold, is left to the backoff. */
  private static Duration seconds(String retryAfter) {
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(retryAfter.strip())));
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  /** Headers are ASCII; ids nearly always are. */
  private static String printable(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.chars()
        .forEach(
            c -> {
              if (c > ' ' && c < 0x7f) {
                ascii.append((char) c);
              } else {
                ascii.append("%u").append(Integer.toHexString(0x10000 | c), 1, 5);
              }
            });
    return ascii.toString();
  }
}
