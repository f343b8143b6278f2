package io.tokenmeter.cli.prices;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.pricelists.ListFinding;
import io.tokenmeter.pricelists.PriceList;
import io.tokenmeter.pricelists.PriceListFormat;
import io.tokenmeter.pricelists.PriceLists;
import io.tokenmeter.pricelists.ReadOptions;
import io.tokenmeter.pricelists.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Price lists named on the command line. */
public final class PriceFiles {

  private PriceFiles() {}

  /**
   * Reads a list.
   *
   * @throws CommandFailedException if the file is no list of that format at all
   */
  public static PriceList read(Path file, PriceListFormat format, ReadOptions options)
      throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandFailedException(file + " is a directory, not a price list");
    }
    try {
      return PriceLists.read(file, format, options);
    } catch (UnreadableDocumentException e) {
      throw new CommandFailedException(
          file
              + ", line "
              + e.line()
              + ": no price list of the format "
              + format
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Reads a list to price with it; rows with errors are left out, and standard error says so. */
  public static PriceList readForUse(
      Path file, PriceListFormat format, ReadOptions options, PrintWriter err) throws IOException {
    PriceList list = read(file, format, options);
    long errors = count(list.findings(), Severity.ERROR);
    if (errors > 0) {
      err.println(
          file
              + ": rows with errors are left out ("
              + errors
              + (errors == 1 ? " error" : " errors")
              + "); see: tokenmeter prices check "
              + file
              + (format == PriceListFormat.TOKENMETER ? "" : " --format " + format));
    }
    if (list.rows().isEmpty()) {
      throw new CommandFailedException(file + " has no usable price row");
    }
    return list;
  }

  /** How many findings have this severity. */
  static long count(List<ListFinding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
