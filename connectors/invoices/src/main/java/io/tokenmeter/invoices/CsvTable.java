package io.tokenmeter.invoices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.tokenmeter.documents.UnreadableDocumentException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A CSV file (RFC 4180) whose first row names its columns. */
final class CsvTable {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private final List<String> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /** A row by the names of its columns. */
  record Row(int line, Map<String, String> cells) {
    /** The text under a column, or null where it is empty or there is no such column. */
    @Nullable String get(String column) {
      String text = cells.get(column);
      return text == null || text.isEmpty() ? null : text;
    }

    @Nullable Long count(String column) throws UnreadableDocumentException {
      return Values.count(get(column), column, line);
    }
  }

  /**
   * Reads a whole file.
   *
   * @throws UnreadableDocumentException if it has no header, or a row is broken
   */
  CsvTable(Reader text) throws IOException {
    try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(text)) {
      while (lines.hasNext()) {
        String[] cells = lines.next();
        add(cells, lines.getCurrentLocation().getLineNr());
      }
    } catch (RuntimeJsonMappingException | JsonProcessingException e) {
      throw new UnreadableDocumentException(1, "not readable as CSV: " + e.getMessage());
    }
    if (columns.isEmpty()) {
      throw new UnreadableDocumentException(1, "the file is empty");
    }
  }

  private void add(String[] cells, int lineBehind) {
    if (columns.isEmpty()) {
      for (String cell : cells) {
        columns.add(cell.toLowerCase(Locale.ROOT));
      }
      return;
    }
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < Math.min(cells.length, columns.size()); i++) {
      row.put(columns.get(i), cells[i]);
    }
    rows.add(new Row(Math.max(1, lineBehind - 1), row));
  }

  boolean has(String column) {
    return columns.contains(column);
  }

  List<String> columns() {
    return columns;
  }

  List<Row> rows() {
    return rows;
  }
}
