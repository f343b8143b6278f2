package io.tokenmeter.policyfiles;

import io.tokenmeter.documents.DocumentReader;
import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a file that is a list of entries under one key, each with a name of its own. */
final class EntryList {
  private EntryList() {}

  /** Reads one entry; null where it is wrong, which the errors say. */
  @FunctionalInterface
  interface EntryReader<T> {
    @Nullable T read(Node.Mapping entry, Errors errors);
  }

  /**
   * Reads a file.
   *
   * @param key key of the list, such as {@code policies}
   * @param reader reads an entry
   * @param name what tells entries apart
   * @throws UnreadableDocumentException if the file is no such list at all
   */
  static <T> FileContents<T> read(
      Reader text, String key, EntryReader<T> reader, Function<T, String> name) throws IOException {
    DocumentReader.Document document = DocumentReader.yaml(text);
    if (!(document.root() instanceof Node.Mapping file)
        || !(file.get(key) instanceof Node.Sequence list)) {
      throw new UnreadableDocumentException(
          document.root().line(), "the file must be a mapping with a list under '" + key + "'");
    }
    Errors errors = new Errors();
    document
        .duplicates()
        .forEach(twice -> errors.add(twice.line(), "'" + twice.key() + "' stands twice here"));
    errors.unknownKeys(file, Set.of(key));
    List<FileEntry<T>> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (Node item : list.items()) {
      T entry = entry(item, key, reader, errors);
      if (entry != null) {
        Integer first = lines.putIfAbsent(name.apply(entry), item.line());
        if (first == null) {
          entries.add(new FileEntry<>(item.line(), entry));
        } else {
          errors.add(item.line(), name.apply(entry) + " stands at line " + first + " already");
        }
      }
    }
    return new FileContents<>(entries, errors.inOrder());
  }

  private static <T> @Nullable T entry(
      Node item, String key, EntryReader<T> reader, Errors errors) {
    if (item instanceof Node.Mapping mapping) {
      return reader.read(mapping, errors);
    }
    errors.add(item.line(), "an entry of '" + key + "' is a mapping, not " + item.kind());
    return null;
  }
}
