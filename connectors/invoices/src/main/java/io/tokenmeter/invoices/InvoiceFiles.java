package io.tokenmeter.invoices;

import io.tokenmeter.documents.DocumentReader;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.reconcile.BilledLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Files of exports. */
public final class InvoiceFiles {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private InvoiceFiles() {}

  private interface RowReader {
    @Nullable BilledLine read(LocalDate day, CsvTable.Row row) throws UnreadableDocumentException;
  }

  /**
   * Reads a file.
   *
   * @param format what it is, or null to tell by its content
   * @throws UnreadableDocumentException if it is no such export, with the line
   */
  public static Invoice read(Path file, @Nullable InvoiceFormat format) throws IOException {
    try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(text, format);
    }
  }

  /** Reads a text; otherwise as {@link #read(Path, InvoiceFormat)}. */
  public static Invoice read(BufferedReader text, @Nullable InvoiceFormat format)
      throws IOException {
    int first = skipToText(text);
    return first == '{' || first == '[' ? json(text, format) : csv(text, format);
  }

  private static int skipToText(Reader text) throws IOException {
    int next;
    do {
      text.mark(1);
      next = text.read();
    } while (next == BYTE_ORDER_MARK || Character.isWhitespace(next));
    text.reset();
    return next;
  }

  private static Invoice json(Reader text, @Nullable InvoiceFormat asked) throws IOException {
    Page page = new Page(DocumentReader.json(text).root());
    InvoiceFormat found = page.format();
    InvoiceFormat format = requireFormat(asked, found, "its results");
    return switch (format) {
      case OPENAI_COSTS -> page.read(format, OpenAiJson.START, OpenAiJson::cost);
      case OPENAI_USAGE -> page.read(format, OpenAiJson.START, OpenAiJson::usage);
      case ANTHROPIC_COSTS -> page.read(format, AnthropicJson.START, AnthropicJson::cost);
      case ANTHROPIC_USAGE -> page.read(format, AnthropicJson.START, AnthropicJson::usage);
      case CSV -> throw new UnreadableDocumentException(1, "this is JSON, not CSV");
    };
  }

  private static Invoice csv(Reader text, @Nullable InvoiceFormat asked) throws IOException {
    CsvTable table = new CsvTable(text);
    InvoiceFormat format = requireFormat(asked, formatOf(table), "its header");
    return switch (format) {
      case OPENAI_COSTS -> read(format, table, "start_time", ConsoleCsv::openAiCost);
      case OPENAI_USAGE -> read(format, table, "start_time", ConsoleCsv::openAiUsage);
      case ANTHROPIC_COSTS -> read(format, table, "usage_date_utc", ConsoleCsv::anthropicCost);
      case ANTHROPIC_USAGE -> read(format, table, "usage_date_utc", ConsoleCsv::anthropicUsage);
      case CSV -> read(format, table, GenericCsv.DATE, GenericCsv::line);
    };
  }

  private static @Nullable InvoiceFormat formatOf(CsvTable table) {
    if (table.has("start_time")) {
      return table.has("amount_value")
          ? InvoiceFormat.OPENAI_COSTS
          : table.has("input_tokens") ? InvoiceFormat.OPENAI_USAGE : null;
    }
    if (table.has("usage_date_utc")) {
      return table.has("cost_usd")
          ? InvoiceFormat.ANTHROPIC_COSTS
          : table.has("usage_output_tokens") ? InvoiceFormat.ANTHROPIC_USAGE : null;
    }
    return GenericCsv.matches(table) ? InvoiceFormat.CSV : null;
  }

  private static InvoiceFormat requireFormat(
      @Nullable InvoiceFormat asked, @Nullable InvoiceFormat found, String by)
      throws UnreadableDocumentException {
    if (asked != null && found != null && asked != found) {
      throw new UnreadableDocumentException(
          1, "this is no " + asked + ": by " + by + " it is " + found);
    }
    if (found != null) {
      return found;
    }
    if (asked != null && asked != InvoiceFormat.CSV) {
      return asked;
    }
    throw new UnreadableDocumentException(
        1,
        "what this is cannot be told by "
            + by
            + "; a table of your own has date,model,input_tokens,output_tokens,cost_usd");
  }

  private static Invoice read(InvoiceFormat format, CsvTable table, String date, RowReader reader)
      throws UnreadableDocumentException {
    List<BilledLine> lines = new ArrayList<>();
    Set<LocalDate> days = new TreeSet<>();
    for (CsvTable.Row row : table.rows()) {
      LocalDate day = Values.day(row.get(date), date, row.line());
      days.add(day);
      BilledLine line = reader.read(day, row);
      if (line != null) {
        lines.add(line);
      }
    }
    List<String> unread = format == InvoiceFormat.CSV ? GenericCsv.unreadColumns(table) : List.of();
    return new Invoice(format, lines, days, true, unread);
  }
}
