package io.tokenmeter.streams.registry;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long a serializer or deserializer may wait for the registry.
 *
 * <p>Apicurio's client waits for an answer without any limit, so a registry that hangs would hold a
 * stream thread for ever. The first call for a schema is made on a thread of its own, and given up
 * here, not there: as long as it hangs, no second one is made beside it. Later calls for the same
 * schema are answered from the serializer's cache and are made directly.
 */
final class TimeLimit {
  private final Duration limit;
  private final Set<Object> answered = ConcurrentHashMap.newKeySet();
  private @Nullable FutureTask<?> hanging;

  TimeLimit(Duration limit) {
    this.limit = limit;
  }

  <T> Deserializer<T> whileReading(Deserializer<T> deserializer) {
    return new Deserializer<>() {
      @Override
      public T deserialize(String topic, byte @Nullable [] data) {
        if (data == null || !WireFormat.isFramed(data)) {
          return deserializer.deserialize(topic, data);
        }
        Object schema = WireFormat.schemaId(data);
        return call(schema, () -> deserializer.deserialize(topic, data));
      }

      @Override
      public void close() {
        deserializer.close();
      }
    };
  }

  <T> Serializer<T> whileWriting(Serializer<T> serializer) {
    return new Serializer<>() {
      @Override
      public byte[] serialize(String topic, T data) {
        return call(topic, () -> serializer.serialize(topic, data));
      }

      @Override
      public void close() {
        serializer.close();
      }
    };
  }

  private <T> T call(Object schema, Supplier<T> registryCall) {
    if (answered.contains(schema)) {
      return registryCall.get();
    }
    T result = callElsewhere(registryCall);
    answered.add(schema);
    return result;
  }

  private synchronized <T> T callElsewhere(Supplier<T> registryCall) {
    if (hanging != null) {
      await(hanging);
    }
    FutureTask<T> task = new FutureTask<>(registryCall::get);
    Thread thread = new Thread(task, "schema-registry-call");
    thread.setDaemon(true);
    thread.start();
    hanging = task;
    await(task);
    hanging = null;
    try {
      return task.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void await(FutureTask<?> task) {
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new TimeoutException(
          "no answer from the schema registry within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      // It has ended, which is all that matters here.
    }
  }
}
