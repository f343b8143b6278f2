package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the windows of a roll-up task say was spent, between any two minutes: in the largest windows
 * that lie between them, so that a month of another time zone is some twenty-five days, the rest in
 * hours, and minutes only where the zones' hours differ.
 */
public final class RolledUpSpend {
  private static final List<Window> LARGEST_FIRST =
      List.of(Window.MONTH, Window.DAY, Window.HOUR, Window.MINUTE);

  private final KeyValueStore<Bytes, byte[]> windows;
  private final WindowCalendar calendar;

  /**
   * The spend in a store.
   *
   * @param windows the store {@link RollUp#WINDOWS}
   * @param calendar the one by which the roll-ups' windows begin
   */
  public RolledUpSpend(KeyValueStore<Bytes, byte[]> windows, WindowCalendar calendar) {
    this.windows = windows;
    this.calendar = calendar;
  }

  /**
   * What a subject spent, as of the last write-back.
   *
   * @param from minutes since the epoch
   * @param to minutes since the epoch, exclusive
   */
  public Money between(Subject subject, long from, long to) {
    byte[] encoded =
        new AvroBodyWriter()
            .writeBytes(subject.dimension().getBytes(StandardCharsets.UTF_8))
            .writeBytes(subject.key().getBytes(StandardCharsets.UTF_8))
            .writeNull()
            .toByteArray();
    Money spent = Money.ZERO;
    for (long at = from; at < to; ) {
      Window window = largest(at, to);
      byte[] stored = windows.get(WindowKey.of(window, at, encoded));
      if (stored != null) {
        spent = spent.plus(UsageSums.of(WindowState.decode(stored).totals).cost());
      }
      at = calendar.end(window, at);
    }
    return spent;
  }

  private Window largest(long start, long limit) {
    for (Window window : LARGEST_FIRST) {
      if (calendar.start(window, start) == start && calendar.end(window, start) <= limit) {
        return window;
      }
    }
    return Window.MINUTE;
  }
}
