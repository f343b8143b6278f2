package io.tokenmeter.pricelists;

import io.tokenmeter.documents.DocumentReader;
import java.util.ArrayList;
import java.util.List;

/** Collects findings while a list is read. */
final class Findings {
  private final List<ListFinding> all = new ArrayList<>();

  void error(String reason, int line, String row, String message) {
    all.add(ListFinding.error(reason, line, row, message));
  }

  void warning(String reason, int line, String row, String message) {
    all.add(ListFinding.warning(reason, line, row, message));
  }

  void info(String reason, int line, String row, String message) {
    all.add(ListFinding.info(reason, line, row, message));
  }

  void duplicates(List<DocumentReader.Duplicate> duplicates) {
    for (DocumentReader.Duplicate twice : duplicates) {
      error(
          "duplicate-key",
          twice.line(),
          "",
          "'" + twice.key() + "' stands twice in the same place; the first one is taken");
    }
  }

  List<ListFinding> list() {
    return List.copyOf(all);
  }
}
