package io.tokenmeter.streams.dedupe;

import io.tokenmeter.domain.dedupe.DedupeHorizon;
import io.tokenmeter.domain.dedupe.EventIdTable;
import io.tokenmeter.streams.commit.CommitBoundStore;
import io.tokenmeter.streams.commit.CommitBoundStoreBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the events of one partition: a table in memory, logged to the changelog in blocks at
 * each commit.
 *
 * <p>A changelog record is one block: its key is the last millisecond of the bucket of arrival and
 * the block's number in it, its value the ids. A time and not the bucket's number, which means
 * another time once the horizon is set to another length. A small block is written again with what
 * the next commit adds, so that a slow stream does not leave a block a second. When a bucket leaves
 * the horizon its blocks are deleted.
 */
final class SeenEventIds extends CommitBoundStore {
  private static final int ID_BYTES = 2 * Long.BYTES;
  private static final int MAX_BLOCK_IDS = 4096;
  private static final int REWRITE_BELOW_IDS = 256;

  private final DedupeHorizon horizon;
  private final EventIdTable table = new EventIdTable();

  /** Number of blocks by the last millisecond of their bucket. */
  private final TreeMap<Long, Integer> blocks = new TreeMap<>();

  private long[] block = new long[2 * MAX_BLOCK_IDS];
  private int blockIds;
  private int loggedIds;
  private int bucket = Integer.MIN_VALUE;

  private SeenEventIds(String name, DedupeHorizon horizon) {
    super(name);
    this.horizon = horizon;
  }

  static StoreBuilder<SeenEventIds> builder(String name, DedupeHorizon horizon) {
    return new CommitBoundStoreBuilder<>(name, () -> new SeenEventIds(name, horizon));
  }

  /**
   * Remembers an id unless it is remembered already; true if it is new.
   *
   * @param arrivalBucket bucket of the arrival; an earlier one than the latest counts as the latest
   */
  boolean add(long high, long low, int arrivalBucket) {
    if (arrivalBucket > bucket) {
      moveTo(arrivalBucket);
    }
    boolean isNew = table.add(high, low, bucket, horizon.oldestRemembered(bucket));
    if (isNew) {
      if (blockIds == MAX_BLOCK_IDS) {
        logBlock();
      }
      block[2 * blockIds] = high;
      block[2 * blockIds + 1] = low;
      blockIds++;
    }
    return isNew;
  }

  /** Logs what was added since the last commit, and sweeps a little. */
  void writeBack() {
    if (blockIds > loggedIds) {
      logBlock();
    }
    table.sweepStep(horizon.oldestRemembered(bucket));
  }

  long size() {
    return table.size();
  }

  private void moveTo(int newBucket) {
    if (blockIds > loggedIds) {
      logBlock();
    }
    startBlock();
    bucket = newBucket;
    long lastExpired = horizon.lastMillis(horizon.oldestRemembered(bucket) - 1);
    Map<Long, Integer> expired = blocks.headMap(lastExpired, true);
    expired.forEach(
        (lastMillis, count) -> {
          for (int number = 0; number < count; number++) {
            log(key(lastMillis, number), null);
          }
        });
    expired.clear();
    table.startSweep();
  }

  private void logBlock() {
    long lastMillis = horizon.lastMillis(bucket);
    int count = blocks.getOrDefault(lastMillis, 0);
    boolean rewrite = loggedIds > 0;
    int number = rewrite ? count - 1 : count;
    ByteBuffer value = ByteBuffer.allocate(blockIds * ID_BYTES);
    value.asLongBuffer().put(block, 0, 2 * blockIds);
    log(key(lastMillis, number), value.array());
    blocks.put(lastMillis, number + 1);
    if (blockIds < REWRITE_BELOW_IDS) {
      loggedIds = blockIds;
    } else {
      startBlock();
    }
  }

  private void startBlock() {
    blockIds = 0;
    loggedIds = 0;
  }

  private static byte[] key(long lastMillis, int number) {
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
        .putLong(lastMillis)
        .putInt(number)
        .array();
  }

  @Override
  protected void restore(byte[] key, byte @Nullable [] value) {
    ByteBuffer parts = ByteBuffer.wrap(key);
    long lastMillis = parts.getLong();
    int number = parts.getInt();
    if (value == null) {
      blocks.remove(lastMillis);
      return;
    }
    int restoredBucket = horizon.bucket(lastMillis);
    blocks.merge(lastMillis, number + 1, Math::max);
    bucket = Math.max(bucket, restoredBucket);
    ByteBuffer ids = ByteBuffer.wrap(value);
    while (ids.hasRemaining()) {
      table.restore(ids.getLong(), ids.getLong(), restoredBucket);
    }
  }

  @Override
  public void clearCache() {
    // As a standby, another task's blocks follow ours: ours is no longer the last, to be rewritten.
    startBlock();
  }

  @Override
  protected void clear() {
    table.clear();
    blocks.clear();
    Arrays.fill(block, 0);
    startBlock();
    bucket = Integer.MIN_VALUE;
  }
}
