package io.tokenmeter.domain.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventIdTableTest {
  private static final int HORIZON = 24;

  private record Id(long high, long low) {}

  private final EventIdTable table = new EventIdTable();

  @Test
  void idAddedTwice_isNewOnce() {
    assertThat(table.add(1, 2, 100, 76)).isTrue();
    assertThat(table.add(1, 2, 100, 76)).isFalse();
    assertThat(table.add(1, 2, 124, 100)).isFalse();
  }

  @Test
  void idsThatDifferInOneWord_areDifferent() {
    assertThat(table.add(1, 2, 0, -24)).isTrue();
    assertThat(table.add(1, 3, 0, -24)).isTrue();
    assertThat(table.add(2, 2, 0, -24)).isTrue();
    assertThat(table.size()).isEqualTo(3);
  }

  @Test
  void idWhoseBucketHasExpired_isNewAgainAndRememberedFromThen() {
    table.add(1, 2, 100, 76);
    assertThat(table.add(1, 2, 125, 101)).isTrue();
    assertThat(table.add(1, 2, 149, 125)).isFalse();
    assertThat(table.size()).isOne();
  }

  @Test
  void duplicate_doesNotProlongTheMemoryOfItsFirstCopy() {
    table.add(1, 2, 100, 76);
    table.add(1, 2, 124, 100);
    assertThat(table.add(1, 2, 125, 101)).isTrue();
  }

  @Test
  void idOfZeros_isRememberedLikeAnyOther() {
    assertThat(table.add(0, 0, 100, 76)).isTrue();
    assertThat(table.add(0, 0, 100, 76)).isFalse();
  }

  @Test
  void restoredInSeveralBuckets_theLatestCounts() {
    table.restore(1, 2, 100);
    table.restore(1, 2, 110);
    table.restore(1, 2, 105);
    assertThat(table.add(1, 2, 134, 110)).isFalse();
    assertThat(table.add(1, 2, 135, 111)).isTrue();
  }

  @Test
  void sweep_shedsWhatHasExpiredAndNothingElse() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      table.add(random.nextLong(), random.nextLong(), i % 2 == 0 ? 100 : 110, 76);
    }
    table.startSweep();
    int steps = 1;
    while (table.sweepStep(105)) {
      steps++;
    }
    assertThat(steps).isEqualTo(64);
    assertThat(table.size()).isEqualTo(5_000);
    assertThat(table.sweepStep(105)).isFalse();
  }

  @Test
  void clear_forgetsEverything() {
    table.add(1, 2, 100, 76);
    table.clear();
    assertThat(table.size()).isZero();
    assertThat(table.add(1, 2, 100, 76)).isTrue();
  }

  @Test
  void randomIdsOverTime_areNewExactlyWhenAMapSaysSo() {
    for (long seed = 1; seed <= 8; seed++) {
      compareWithMap(seed);
    }
  }

  /** Ids crowd into few slots and segments now and then, so that probing is put to the test. */
  private static void compareWithMap(long seed) {
    Random random = new Random(seed);
    EventIdTable tested = new EventIdTable();
    Map<Id, Integer> reference = new HashMap<>();
    int distinct = 50 + random.nextInt(20_000);
    boolean crowded = random.nextBoolean();
    int bucket = 1000;
    for (int i = 0; i < 60_000; i++) {
      if (random.nextInt(500) == 0) {
        bucket += 1 + random.nextInt(5);
        tested.startSweep();
      }
      int oldest = bucket - HORIZON;
      Id id = id(random.nextInt(distinct), crowded);
      if (random.nextInt(50) == 0) {
        int restored = bucket - random.nextInt(2 * HORIZON);
        tested.restore(id.high, id.low, restored);
        reference.merge(id, restored, Math::max);
      } else {
        Integer seen = reference.get(id);
        boolean isNew = seen == null || seen < oldest;
        if (isNew) {
          reference.put(id, bucket);
        }
        if (tested.add(id.high, id.low, bucket, oldest) != isNew) {
          fail(
              "seed %d, step %d: %s",
              seed, i, isNew ? "a new id was dropped" : "a duplicate passed");
        }
      }
      if (random.nextInt(100) == 0) {
        tested.sweepStep(oldest);
      }
    }
    int oldest = bucket - HORIZON;
    tested.startSweep();
    while (tested.sweepStep(oldest)) {}
    assertThat(tested.size())
        .as("seed %d, size", seed)
        .isEqualTo(reference.values().stream().filter(seen -> seen >= oldest).count());
  }

  private static Id id(int number, boolean crowded) {
    Random random = new Random(number);
    return crowded
        ? new Id(random.nextInt(4), (long) random.nextInt() << 32 | random.nextInt(8))
        : new Id(random.nextLong(), random.nextLong());
  }
}
