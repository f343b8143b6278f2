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
 * <p>A changelog record is one block: its key is the bucket of arrival and the block's number in
 * it, its value the ids. A small block is written again with what the next commit adds, so that a
 * slow stream does not leave a block a second. When a bucket leaves the horizon its blocks are
 * deleted.
 */
final class SeenEventIds extends CommitBoundStore {
  private static final int ID_BYTES = 2 * Long.BYTES;
  private static final int MAX_BLOCK_IDS = 4096;
  private static final int REWRITE_BELOW_IDS = 256;

  private final EventIdTable table = new EventIdTable();

  /** Number of blocks by bucket. */
  private final TreeMap<Integer, Integer> blocks = new TreeMap<>();

  private long[] block = new long[2 * MAX_BLOCK_IDS];
  private int blockIds;
  private int loggedIds;
  private int bucket = Integer.MIN_VALUE;

  private SeenEventIds(String name) {
    super(name);
  }

  static StoreBuilder<SeenEventIds> builder(String name) {
    return new CommitBoundStoreBuilder<>(name, () -> new SeenEventIds(name));
  }

  /**
   * Remembers an id unless it is remembered already; true if it is new.
   *
   * @param arrivalBucket bucket of the arrival; an earlier one than the latest counts as the latest
   */
  boolean add(long high, long low, int arrivalBucket, DedupeHorizon horizon) {
    if (arrivalBucket > bucket) {
      moveTo(arrivalBucket, horizon);
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
  void writeBack(DedupeHorizon horizon) {
    if (blockIds > loggedIds) {
      logBlock();
    }
    table.sweepStep(horizon.oldestRemembered(bucket));
  }

  long size() {
    return table.size();
  }

  private void moveTo(int newBucket, DedupeHorizon horizon) {
    if (blockIds > loggedIds) {
      logBlock();
    }
    startBlock();
    bucket = newBucket;
    int oldest = horizon.oldestRemembered(bucket);
    Map<Integer, Integer> expired = blocks.headMap(oldest);
    expired.forEach(
        (old, count) -> {
          for (int number = 0; number < count; number++) {
            log(key(old, number), null);
          }
        });
    expired.clear();
    table.startSweep();
  }

  private void logBlock() {
    int count = blocks.getOrDefault(bucket, 0);
    boolean rewrite = loggedIds > 0;
    int number = rewrite ? count - 1 : count;
    ByteBuffer value = ByteBuffer.allocate(blockIds * ID_BYTES);
    value.asLongBuffer().put(block, 0, 2 * blockIds);
    log(key(bucket, number), value.array());
    blocks.put(bucket, number + 1);
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

  private static byte[] key(int bucket, int number) {
    return ByteBuffer.allocate(2 * Integer.BYTES).putInt(bucket).putInt(number).array();
  }

  @Override
  protected void restore(byte[] key, byte @Nullable [] value) {
    ByteBuffer parts = ByteBuffer.wrap(key);
    int restoredBucket = parts.getInt();
    int number = parts.getInt();
    if (value == null) {
      blocks.remove(restoredBucket);
      return;
    }
    blocks.merge(restoredBucket, number + 1, Math::max);
    bucket = Math.max(bucket, restoredBucket);
    ByteBuffer ids = ByteBuffer.wrap(value);
    while (ids.hasRemaining()) {
      table.restore(ids.getLong(), ids.getLong(), restoredBucket);
    }
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
