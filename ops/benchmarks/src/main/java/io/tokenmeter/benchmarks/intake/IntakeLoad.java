package io.tokenmeter.benchmarks.intake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that send OTLP requests as fast as they are answered, and send what was not taken again
 * until it is, as exporters do.
 */
final class IntakeLoad implements AutoCloseable {
  private static final long RETRY_MILLIS = 200;

  private final URI traces;
  private final SpanTemplate template;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
  private final LongAdder refused = new LongAdder();
  private volatile boolean stopping;

  IntakeLoad(String url, SpanTemplate template) {
    this.traces = URI.create(url + "/v1/traces");
    this.template = template;
  }

  void start(int connections) {
    for (int i = 0; i < connections; i++) {
      Random random = new Random(i);
      Thread thread = new Thread(() -> run(random), "intake-load-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  /** Hexadecimal trace ids of the requests that were answered 200. */
  Queue<String> taken() {
    return taken;
  }

  /** Answers that said no, or did not come. */
  long refused() {
    return refused.sum();
  }

  /** Time from request to answer of those answered 200 since the last call, nanoseconds, sorted. */
  long[] takeLatencies() {
    List<Long> values = new ArrayList<>();
    for (Long next = latencies.poll(); next != null; next = latencies.poll()) {
      values.add(next);
    }
    return values.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** Stops when the last requests are taken. */
  void stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void run(Random random) {
    try {
      while (!stopping) {
        byte[] traceId =
            ByteBuffer.allocate(SpanTemplate.TRACE_ID_BYTES)
                .putLong(random.nextLong())
                .putLong(System.nanoTime())
                .array();
        byte[] body = template.withTraceId(traceId);
        while (!send(body)) {
          refused.increment();
          TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
        taken.add(HexFormat.of().formatHex(traceId));
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private boolean send(byte[] body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(traces)
            .header("Content-Type", "application/x-protobuf")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    long start = System.nanoTime();
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        return false;
      }
      if (answer.body().length > 0) {
        throw new IllegalStateException("spans were rejected");
      }
      latencies.add(System.nanoTime() - start);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    stopping = true;
    threads.forEach(Thread::interrupt);
  }
}
