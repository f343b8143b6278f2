package io.tokenmeter.intake.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Reads on and throws away, after an answer that came before the body's end. A connection that is
 * closed on data makes the client's system drop the answer before the client has read it.
 */
final class DiscardRest implements Callback, Runnable {
  private static final long MAX_BYTES = 256L << 20;
  private static final long MAX_SECONDS = 5;

  private final Request request;
  private final Callback callback;
  private final AtomicBoolean over = new AtomicBoolean();
  private long discarded;

  DiscardRest(Request request, Callback callback) {
    this.request = request;
    this.callback = callback;
  }

  /** The answer is written. */
  @Override
  public void succeeded() {
    // Whoever waits for leave to send the body (RFC 9110, 10.1.1) has sent none of it.
    if (request.getHeaders().contains(HttpHeader.EXPECT, "100-continue")) {
      end();
      return;
    }
    request.getComponents().getScheduler().schedule(this::end, MAX_SECONDS, TimeUnit.SECONDS);
    run();
  }

  @Override
  public void failed(Throwable failure) {
    if (over.compareAndSet(false, true)) {
      callback.failed(failure);
    }
  }

  @Override
  public void run() {
    while (!over.get()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      discarded += chunk.remaining();
      boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
      chunk.release();
      if (last || discarded > MAX_BYTES) {
        end();
      }
    }
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      callback.succeeded();
    }
  }
}
