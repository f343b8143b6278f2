package io.tokenmeter.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;

/** Reads a body, however long, and keeps its first bytes as text. */
final class FirstBytes implements Flow.Subscriber<List<ByteBuffer>> {
  private static final int KEPT = 300;

  private final byte[] bytes = new byte[KEPT];
  private int size;

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int taken = Math.min(buffer.remaining(), KEPT - size);
      buffer.get(bytes, size, taken);
      size += taken;
    }
  }

  @Override
  public void onError(Throwable error) {
    // Whoever reads the response is told.
  }

  @Override
  public void onComplete() {
    // All there is was kept.
  }

  String text() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
