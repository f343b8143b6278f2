package io.tokenmeter.intake.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Several records that are of use only together. It is over when Kafka has or has given up each of
 * them, so that what is over takes no memory any more.
 */
final class Delivery implements Callback {
  private final AtomicInteger missing;
  private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();
  private final CompletableFuture<Void> future = new CompletableFuture<>();

  Delivery(int records) {
    missing = new AtomicInteger(records);
    if (records == 0) {
      future.complete(null);
    }
  }

  CompletableFuture<Void> future() {
    return future;
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
    if (failure != null) {
      firstFailure.compareAndSet(null, failure);
    }
    if (missing.decrementAndGet() > 0) {
      return;
    }
    Exception first = firstFailure.get();
    if (first == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(first);
    }
  }
}
