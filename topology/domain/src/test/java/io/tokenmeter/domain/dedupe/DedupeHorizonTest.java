package io.tokenmeter.domain.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DedupeHorizonTest {
  private static final Duration DAY = Duration.ofHours(24);

  private final DedupeHorizon day = DedupeHorizon.of(DAY);

  @Test
  void bucketOfADaysHorizon_isAnHour() {
    assertThat(day.bucketMillis()).isEqualTo(Duration.ofHours(1).toMillis());
  }

  @Test
  void arrivalsBeforeTheEpoch_areInBucketsOfTheSameLength() {
    assertThat(day.bucket(0)).isZero();
    assertThat(day.bucket(-1)).isEqualTo(-1);
    assertThat(day.bucket(-Duration.ofHours(1).toMillis())).isEqualTo(-1);
    assertThat(day.bucket(-Duration.ofHours(1).toMillis() - 1)).isEqualTo(-2);
  }

  @Test
  void lastMillisecondOfABucket_isFollowedByTheNextBucket() {
    for (int bucket : new int[] {-30, -1, 0, 1, 493_000}) {
      assertThat(day.bucket(day.lastMillis(bucket))).isEqualTo(bucket);
      assertThat(day.bucket(day.lastMillis(bucket) + 1)).isEqualTo(bucket + 1);
    }
  }

  /** Resent after up to the whole horizon it is a duplicate; a bucket later it need not be. */
  @Test
  void anyArrival_isRememberedForTheHorizonAndAtMostABucketLonger() {
    long seed = 4711;
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long first = random.nextLong(4_000_000_000_000L);
      long within = first + random.nextLong(DAY.toMillis() + 1);
      long beyond = first + DAY.toMillis() + day.bucketMillis() + random.nextLong(1L << 40);
      assertThat(isRemembered(first, within)).as("seed %d, case %d, within", seed, i).isTrue();
      assertThat(isRemembered(first, beyond)).as("seed %d, case %d, beyond", seed, i).isFalse();
    }
  }

  @Test
  void horizonShorterThanABucketPerMillisecond_isRefused() {
    assertThatThrownBy(() -> DedupeHorizon.of(Duration.ofMillis(23)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a dedupe horizon must be at least 24 ms");
  }

  private boolean isRemembered(long first, long now) {
    return day.bucket(first) >= day.oldestRemembered(day.bucket(now));
  }
}
