package io.tokenmeter.domain.policy;

import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the text of a setting may be, and what it means.
 *
 * @param description type and range, as in "must be ..."
 * @param parser reads a text; throws IllegalArgumentException or ArithmeticException where it is
 *     none
 * @param check whether a value is in range
 * @param printer the text of a value
 */
public record SettingType<T>(
    String description,
    Function<String, T> parser,
    Predicate<T> check,
    Function<T, String> printer) {
  private static final Money MOST_DOLLARS = Money.parse("1000000000000");

  /** US dollars, 0 or more, up to 12 decimals. */
  static SettingType<Money> dollars() {
    return new SettingType<>(
        "US dollars, 0 or more",
        Money::parse,
        money -> money.signum() >= 0 && money.compareTo(MOST_DOLLARS) <= 0,
        Money::toPlainString);
  }

  /** A whole number in a range, both ends included. */
  static SettingType<Long> whole(long least, long most) {
    return new SettingType<>(
        "a whole number from " + least + " to " + most,
        Long::valueOf,
        number -> number >= least && number <= most,
        String::valueOf);
  }

  /** A number from the first, included only if {@code orEqual}, to the second, included. */
  static SettingType<Double> number(double least, boolean orEqual, double most) {
    return new SettingType<>(
        "a number " + (orEqual ? "from " : "above ") + plain(least) + " to " + plain(most),
        text -> new BigDecimal(text).doubleValue(),
        number -> (orEqual ? number >= least : number > least) && number <= most,
        SettingType::plain);
  }

  /** A length of time in a range, both ends included. */
  static SettingType<Duration> duration(Duration least, Duration most) {
    return new SettingType<>(
        "a time from "
            + DurationText.of(least)
            + " to "
            + DurationText.of(most)
            + ", such as 90s, 15m, 1h30m or 7d",
        DurationText::read,
        time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0,
        DurationText::of);
  }

  /** Yes or no. */
  static SettingType<Boolean> flag() {
    List<String> words = List.of("true", "false");
    return new SettingType<>(
        "true or false",
        text -> {
          if (!words.contains(text)) {
            throw new IllegalArgumentException(text);
          }
          return Boolean.valueOf(text);
        },
        flag -> true,
        String::valueOf);
  }

  /** One of an enum's constants, in small letters with dashes. */
  static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
    E[] constants = type.getEnumConstants();
    return new SettingType<>(
        Arrays.stream(constants).map(SettingType::label).collect(Collectors.joining(" or ")),
        text ->
            Arrays.stream(constants)
                .filter(constant -> label(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        constant -> true,
        SettingType::label);
  }

  T read(String text) {
    T value = parser.apply(text);
    if (!check.test(value)) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  String text(T value) {
    return printer.apply(value);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String plain(double number) {
    BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
    return decimal.toPlainString();
  }
}
