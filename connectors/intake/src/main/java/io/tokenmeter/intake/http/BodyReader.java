package io.tokenmeter.intake.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads a body as it arrives, without a thread that waits for it: a client that sends slowly costs
 * a connection and the bytes it has sent, and only for so long.
 */
final class BodyReader implements Runnable {
  private final Request request;
  private final int maxBytes;
  private final InFlight.Reservation reservation;
  private final CompletableFuture<byte[]> future = new CompletableFuture<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private BodyReader(Request request, int maxBytes, InFlight.Reservation reservation) {
    this.request = request;
    this.maxBytes = maxBytes;
    this.reservation = reservation;
  }

  /**
   * Begins to read.
   *
   * @param reservation grows with what is read
   * @param limit how long the whole body may take
   * @return the body, or fails with a {@link Refusal}, or with the connection's failure
   */
  static CompletableFuture<byte[]> read(
      Request request, int maxBytes, InFlight.Reservation reservation, Duration limit) {
    BodyReader reader = new BodyReader(request, maxBytes, reservation);
    Scheduler.Task timeout =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                () -> reader.refuse(Refusal.tooSlow(limit)),
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    reader.run();
    return reader.future.whenComplete((read, failure) -> timeout.cancel());
  }

  @Override
  public void run() {
    while (!future.isDone()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        future.completeExceptionally(chunk.getFailure());
        return;
      }
      take(chunk.getByteBuffer());
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        future.complete(body.toByteArray());
      }
    }
  }

  private void take(ByteBuffer bytes) {
    int more = bytes.remaining();
    if (body.size() + more > maxBytes) {
      refuse(tooLarge(maxBytes));
    } else if (!reservation.grow(more)) {
      refuse(Refusal.overloaded("too many bytes are being worked on; send it again later"));
    } else {
      byte[] copy = new byte[more];
      bytes.get(copy);
      body.writeBytes(copy);
    }
  }

  /** A body that is larger than it may be when it is sent. */
  static Refusal tooLarge(int maxBytes) {
    return Refusal.tooLarge(
        "the body has more than request.max.bytes, " + maxBytes + "; send it in parts");
  }

  private void refuse(Refusal refusal) {
    future.completeExceptionally(refusal);
  }
}
