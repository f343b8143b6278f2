package io.tokenmeter.domain.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentUsageTest {
  private static final long START = 29_000_000;

  @Test
  void anyTraffic_leavesBucketsWithoutGapsThatHoldAllOfTheLastDay() {
    long seed = 1_618;
    Random random = new Random(seed);
    SubjectState state = new SubjectState();
    GroupState group = new GroupState();
    long[] spent = new long[20_000];
    long minute = START;
    while (minute < START + spent.length - 2000) {
      long picos = 1 + random.nextInt(1_000_000);
      AnomalyDetector.add(state, group, minute, cost(picos), "m" + random.nextInt(12));
      spent[(int) (minute - START)] += picos;
      if (random.nextInt(10) == 0) {
        long late = Math.max(START, minute - random.nextInt(600));
        AnomalyDetector.add(state, group, late, cost(5), "m1");
        spent[(int) (late - START)] += 5;
      }
      minute += random.nextInt(20) == 0 ? random.nextInt(900) : random.nextInt(4);
      List<UsageBucket> buckets = state.buckets();
      assertThat(buckets.size()).as("seed %d", seed).isLessThan(45);
      for (int i = 1; i < buckets.size(); i++) {
        assertThat(buckets.get(i).start).isEqualTo(buckets.get(i - 1).end());
      }
    }
    long kept = 0;
    long oldest = state.buckets().get(0).start;
    Money sum = Money.ZERO;
    for (UsageBucket bucket : state.buckets()) {
      sum = sum.plus(bucket.cost());
    }
    for (long at = oldest; at < START + spent.length; at++) {
      kept += spent[(int) (at - START)];
    }
    assertThat(state.recent.running().start - oldest).isGreaterThanOrEqualTo(1440);
    assertThat(sum).isEqualTo(Money.ofPicos(kept));
  }

  private static UsageSums cost(long picos) {
    Money cost = Money.ofPicos(picos);
    return new UsageSums(1, 0, 0, 0, 10, 0, 0, 0, cost, Money.ZERO, Money.ZERO, Money.ZERO, cost);
  }
}
