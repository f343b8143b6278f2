package io.tokenmeter.streams.commit;

import java.lang.reflect.Field;
import java.util.Map;
import org.apache.kafka.streams.processor.internals.ProcessorContextImpl;
import org.apache.kafka.streams.processor.internals.StreamTask;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a task that Kafka Streams sets up again from committing offsets of before.
 *
 * <p>When a commit times out, Kafka Streams 4.3.1 gives the transaction up, goes back to the
 * offsets that are committed and sets the same task object up again. That object still has where it
 * would have read on. If the next commit comes before the first record is read, as it does with
 * punctuations, it commits those offsets; if the task is then given up once more, the events in
 * between are never read. With commits that were made to time out, thousands were lost so.
 */
public final class RevivedTask {
  private static final Field TASK = field(ProcessorContextImpl.class, "streamTask");
  private static final Field CONSUMED = field(StreamTask.class, "consumedOffsets");
  private static final Field NEXT = field(StreamTask.class, "nextOffsetsAndMetadataToBeConsumed");

  private RevivedTask() {}

  /**
   * Lets a task forget what it has read. To be called when its stores or processors are
   * initialized, at which time a new task has read nothing either.
   *
   * @param context what the store or processor was given
   */
  public static void forgetOffsets(Object context) {
    if (context instanceof ProcessorContextImpl) {
      Object task = get(TASK, context);
      if (task != null) { // a standby has none
        forget(CONSUMED, task);
        forget(NEXT, task);
      }
    }
  }

  private static void forget(Field field, Object task) {
    Object offsets = get(field, task);
    if (offsets instanceof Map<?, ?> map) {
      map.clear();
    }
  }

  private static @Nullable Object get(Field field, Object of) {
    try {
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this is not the Kafka Streams that was built against", e);
    }
  }
}
