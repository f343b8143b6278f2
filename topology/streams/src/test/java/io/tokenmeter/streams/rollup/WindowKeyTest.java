package io.tokenmeter.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.rollup.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class WindowKeyTest {
  private record Parts(Window window, long start, byte[] subject) {
    Bytes key() {
      return WindowKey.of(window, start, subject);
    }
  }

  private static final Comparator<Parts> BY_TIME =
      Comparator.comparing(Parts::window)
          .thenComparing(Parts::start)
          .thenComparing(parts -> Bytes.wrap(parts.subject));

  @Test
  void key_tellsItsParts() {
    byte[] subject = {1, 2, 3};
    Bytes key = WindowKey.of(Window.DAY, 29_000_000, subject);
    assertThat(WindowKey.window(key)).isEqualTo(Window.DAY);
    assertThat(WindowKey.start(key)).isEqualTo(29_000_000);
    assertThat(WindowKey.subject(key)).isEqualTo(subject);
  }

  /** RocksDB compares keys as unsigned bytes; so does Bytes. */
  @Test
  void keys_areOrderedByLengthThenStartAlsoBefore1970() {
    long seed = 1;
    Random random = new Random(seed);
    List<Parts> keys = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      byte[] subject = new byte[random.nextInt(4)];
      random.nextBytes(subject);
      long start = random.nextLong() >> random.nextInt(64);
      keys.add(new Parts(Window.ofOrdinal(random.nextInt(4)), start, subject));
    }
    List<Bytes> byTime = keys.stream().sorted(BY_TIME).map(Parts::key).toList();
    List<Bytes> byBytes = keys.stream().map(Parts::key).sorted().toList();
    assertThat(byBytes).as("seed %d", seed).isEqualTo(byTime);
    keys.forEach(parts -> assertThat(WindowKey.start(parts.key())).isEqualTo(parts.start));
  }

  @Test
  void first_isAheadOfAllWindowsOfItsMinuteAndBehindThoseBefore() {
    Bytes first = WindowKey.first(Window.HOUR, 600);
    assertThat(first).isLessThan(WindowKey.of(Window.HOUR, 600, new byte[] {0}));
    assertThat(first).isGreaterThan(WindowKey.of(Window.HOUR, 599, new byte[] {-1, -1}));
    assertThat(first).isGreaterThan(WindowKey.of(Window.MINUTE, 700, new byte[] {-1}));
  }

  @Test
  void streamTime_isBehindAllWindows() {
    assertThat(WindowKey.STREAM_TIME)
        .isGreaterThan(WindowKey.of(Window.MONTH, Long.MAX_VALUE, new byte[] {-1, -1}));
  }
}
