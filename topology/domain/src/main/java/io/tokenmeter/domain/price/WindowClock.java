package io.tokenmeter.domain.price;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/** Tells whether an instant lies in a {@link TimeWindow}, in the window's own time zone. */
final class WindowClock {

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
  private static final long EPOCH_DAY_OF_WEEK = DayOfWeek.THURSDAY.ordinal();

  private final ZoneRules rules;
  private final long fixedOffsetSeconds;
  private final int weekdayBits;
  private final long startMicros;
  private final long endMicros;

  WindowClock(TimeWindow window) {
    rules = ZoneId.of(window.zone()).getRules();
    fixedOffsetSeconds =
        rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : 0;
    weekdayBits =
        window.weekdays().isEmpty()
            ? ~0
            : window.weekdays().stream().mapToInt(day -> 1 << day.ordinal()).sum();
    startMicros = window.start().toNanoOfDay() / 1000;
    endMicros = window.end().toNanoOfDay() / 1000;
  }

  boolean contains(long epochMicros) {
    long local = epochMicros + offsetSeconds(epochMicros) * MICROS_PER_SECOND;
    long day = Math.floorDiv(local, MICROS_PER_DAY);
    long time = Math.floorMod(local, MICROS_PER_DAY);
    if (startMicros < endMicros) {
      return startMicros <= time && time < endMicros && startsOn(day);
    }
    return time >= startMicros ? startsOn(day) : time < endMicros && startsOn(day - 1);
  }

  private boolean startsOn(long epochDay) {
    return (weekdayBits & 1 << Math.floorMod(epochDay + EPOCH_DAY_OF_WEEK, 7)) != 0;
  }

  private long offsetSeconds(long epochMicros) {
    if (rules.isFixedOffset()) {
      return fixedOffsetSeconds;
    }
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(epochMicros, MICROS_PER_SECOND));
    return rules.getOffset(instant).getTotalSeconds();
  }
}
