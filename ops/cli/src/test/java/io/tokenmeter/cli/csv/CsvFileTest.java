package io.tokenmeter.cli.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.cli.CommandFailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

  @Test
  void rows_keepTheirFieldsAsWrittenAndTheirLines() throws IOException {
    CsvFile file = file("\uFEFFa, b\r\n\n  \n\"x, \"\"y\"\"\",2,\n");

    assertThat(file.next()).isEqualTo(new CsvRow(1, List.of("a", " b")));
    CsvRow quoted = file.next();
    assertThat(quoted).isEqualTo(new CsvRow(4, List.of("\"x, \"\"y\"\"\"", "2", "")));
    assertThat(quoted.text(0)).isEqualTo("x, \"y\"");
    assertThat(quoted.text(5)).isEmpty();
    assertThat(file.next()).isNull();
  }

  @Test
  void openQuotationMark_isNamedByItsLine() {
    assertThatThrownBy(() -> file("\"a,b\n").next())
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("f.csv, line 1: a quotation mark is opened and not closed");
  }

  @Test
  void otherEncoding_isRefused() {
    CsvFile file =
        new CsvFile(
            "f.csv", new ByteArrayInputStream("é,1\n".getBytes(StandardCharsets.ISO_8859_1)));

    assertThatThrownBy(file::next)
        .hasMessageContaining("f.csv, line 1")
        .hasMessageContaining("UTF-8");
  }

  @Test
  void directory_isRefused(@TempDir java.nio.file.Path directory) {
    assertThatThrownBy(() -> CsvFile.open(directory.toString()))
        .hasMessage(directory + " is a directory, not a file of rows");
  }

  @Test
  void columns_areThoseOfTheHeader() throws IOException {
    CsvFile file = file("host,Value,\"timestamp\"\nweb,3.5,2026-01-05\n");
    CsvColumns columns = columns(file);

    CsvRow row = file.next();
    assertThat(columns.hasHeader()).isTrue();
    assertThat(columns.millis(file, row)).isEqualTo(1_767_571_200_000L);
    assertThat(columns.number(file, row, 1)).isEqualTo(3.5);
  }

  @Test
  void headerOfOtherNames_saysNothing() throws IOException {
    CsvColumns columns = columns(file("time,p95,host\n"));

    assertThat(columns.hasHeader()).isTrue();
    assertThat(List.of(columns.position(0), columns.position(1))).containsExactly(0, 1);
  }

  @Test
  void headerWithOneNameOfTwo_leavesTheOtherColumn() throws IOException {
    CsvColumns columns = columns(file("cpu,timestamp\n"));

    assertThat(List.of(columns.position(0), columns.position(1))).containsExactly(1, 0);
    assertThatThrownBy(() -> columns(file("timestamp,cpu,memory\n")))
        .hasMessage("f.csv, line 1: the header has no column value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-05,1\n", "1767571200,\n", "not a time,17\n"})
  void firstRowOfData_isNoHeader(String text) throws IOException {
    assertThat(columns(file(text)).hasHeader()).isFalse();
  }

  @Test
  void oneColumn_isNotEnough() {
    assertThatThrownBy(() -> columns(file("2026-01-05;17\n")))
        .hasMessage(
            "f.csv, line 1: has 1 column where timestamp,value are expected, separated by commas");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "NaN", "null", "N/A", "-", "inf", "-Infinity", "1e999"})
  void missingAndInfiniteValues_areNotNumbers(String text) throws IOException {
    CsvFile file = file("timestamp,value\n0," + text + "\n");
    CsvColumns columns = columns(file);

    assertThat(columns.number(file, file.next(), 1)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1d", "0x1p3f", "1.2.3", "\"1,234\""})
  void whatIsNoNumber_isNamedByItsLine(String text) throws IOException {
    CsvFile file = file("timestamp,value\n0," + text + "\n");
    CsvColumns columns = columns(file);
    CsvRow row = file.next();

    assertThatThrownBy(() -> columns.number(file, row, 1))
        .hasMessage(
            "f.csv, line 2: '"
                + row.text(1)
                + "' is no number; write 1234.5 or 1.2345e3, or leave a missing value empty");
  }

  private static CsvColumns columns(CsvFile file) throws IOException {
    return CsvColumns.of(file, file.next(), "timestamp", "value");
  }

  private static CsvFile file(String text) {
    return new CsvFile("f.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
