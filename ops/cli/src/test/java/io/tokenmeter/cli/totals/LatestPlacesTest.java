package io.tokenmeter.cli.totals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatestPlacesTest {

  private record Written(String eventId, int revision, int partition, long offset) {}

  @Test
  void records_ofAnyOrderOfRevisions_leaveOneOfEachEventTheLastOfItsHighest() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      // A filter that is too small, which takes many events for known ones, must change nothing.
      LatestPlaces places = new LatestPlaces(random.nextBoolean() ? 1 : 500);
      List<Written> records = new ArrayList<>();
      Map<String, Written> latest = new HashMap<>();
      for (int i = 0; i < 500; i++) {
        int event = random.nextInt(300);
        int revision = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
        Written record = new Written("event-" + event, revision, event % 3, i);
        records.add(record);
        latest.merge(
            record.eventId,
            record,
            (before, now) -> now.revision >= before.revision ? now : before);
        places.note(record.eventId, revision, record.partition, record.offset);
      }

      assertThat(
              records.stream()
                  .filter(r -> places.isLatest(r.eventId, r.partition, r.offset))
                  .toList())
          .as("seed " + seed)
          .containsExactlyInAnyOrderElementsOf(latest.values());
    }
  }

  @Test
  void bloomFilter_ofAsManyIdsAsItIsFor_takesFewForKnown() {
    Random random = new Random(7);
    BloomFilter filter = new BloomFilter(100_000);
    long mistaken = 0;
    for (int i = 0; i < 100_000; i++) {
      mistaken += filter.add(random.nextLong(), random.nextLong()) ? 1 : 0;
    }
    assertThat(mistaken).isLessThan(1_000);
  }
}
