package io.tokenmeter.cli.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2014-04-01 00:00:00        | 2014-04-01T00:00:00Z",
        "2014-04-01T00:05:00        | 2014-04-01T00:05:00Z",
        "2014-04-01T00:05           | 2014-04-01T00:05:00Z",
        "2014-04-01 9:05            | 2014-04-01T09:05:00Z",
        "2014/4/1 00:05:00          | 2014-04-01T00:05:00Z",
        "2014-04-01                 | 2014-04-01T00:00:00Z",
        "2014-04-01T00:00:00Z       | 2014-04-01T00:00:00Z",
        "2014-04-01 00:00:00 UTC    | 2014-04-01T00:00:00Z",
        "2014-04-01T02:00:00+02:00  | 2014-04-01T00:00:00Z",
        "2014-04-01 02:00:00+0200   | 2014-04-01T00:00:00Z",
        "2014-03-31T19:00:00-05     | 2014-04-01T00:00:00Z",
        "2014-04-01 00:00:00.123456 | 2014-04-01T00:00:00.123Z",
        "1396310400                 | 2014-04-01T00:00:00Z",
        "1396310400.75              | 2014-04-01T00:00:00Z",
        "1396310400123              | 2014-04-01T00:00:00.123Z",
        "1396310400123456           | 2014-04-01T00:00:00.123Z",
        "1396310400123456789        | 2014-04-01T00:00:00.123Z",
        "-86400                     | 1969-12-31T00:00:00Z",
        "0                          | 1970-01-01T00:00:00Z"
      })
  void spelling_isRead(String text, String instant) {
    assertThat(Timestamps.millis(text)).hasValue(Instant.parse(instant).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "timestamp",
        "04/01/2014 00:00",
        "2014-13-01",
        "2014-02-30 00:00:00",
        "2014-04-01 25:00",
        "2014-04-01T00:00:00+99:00",
        "12:00:00",
        "99999999999999999999"
      })
  void anythingElse_isNoTime(String text) {
    assertThat(Timestamps.millis(text)).isEmpty();
  }
}
