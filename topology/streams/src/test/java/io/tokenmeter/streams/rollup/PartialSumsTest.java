package io.tokenmeter.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.usage.Name;
import io.tokenmeter.streams.usage.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartialSumsTest {
  private final NameTable names = new NameTable();
  private final PartialSums sums = new PartialSums();

  @Test
  void sumOfAKeyAndMinute_isOneObjectUntilItIsDrained() {
    var totals = sums.totals(name("a"), null, 5);
    assertThat(sums.totals(name("a"), null, 5)).isSameAs(totals);
    assertThat(sums.totals(name("a"), null, 6)).isNotSameAs(totals);
    assertThat(sums.totals(name("b"), null, 5)).isNotSameAs(totals);
    assertThat(sums.totals(name("a"), name("a"), 5)).isNotSameAs(totals);
    assertThat(sums.size()).isEqualTo(4);
    sums.drain(partial -> {});
    assertThat(sums.size()).isZero();
    assertThat(sums.totals(name("a"), null, 5)).isNotSameAs(totals);
  }

  @Test
  void randomKeysOverManyDrains_sumAsAMapDoes() {
    long seed = 22;
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      Map<List<Object>, Long> reference = new HashMap<>();
      int events = random.nextInt(random.nextInt(5) == 0 ? 20_000 : 300);
      for (int i = 0; i < events; i++) {
        Name first = name("k" + random.nextInt(200));
        Name second = random.nextBoolean() ? null : name("s" + random.nextInt(20));
        long minute = 29_000_000 + random.nextInt(10) - 5;
        sums.totals(first, second, minute).requests += i;
        List<Object> key = new ArrayList<>(List.of(first.text(), minute));
        key.add(second == null ? null : second.text());
        reference.merge(key, (long) i, Long::sum);
      }
      assertThat(sums.size()).isEqualTo(reference.size());
      Map<List<Object>, Long> drained = new HashMap<>();
      sums.drain(
          partial -> {
            List<Object> key = new ArrayList<>(List.of(partial.first().text(), partial.minute()));
            key.add(partial.second() == null ? null : partial.second().text());
            assertThat(drained.put(key, partial.totals().requests)).isNull();
          });
      assertThat(drained).as("seed %d, round %d", seed, round).isEqualTo(reference);
    }
  }

  /** The held events have a table of names of their own. */
  @Test
  void namesOfAnotherTable_areSumsOfTheirOwn() {
    NameTable other = new NameTable();
    byte[] bytes = "a".getBytes(StandardCharsets.UTF_8);
    var totals = sums.totals(name("a"), null, 5);
    assertThat(sums.totals(other.of(bytes, Slice.of(0, 1)), null, 5)).isNotSameAs(totals);
    assertThat(sums.size()).isEqualTo(2);
  }

  private Name name(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return names.of(bytes, Slice.of(0, bytes.length));
  }
}
