package io.tokenmeter.policyfiles;

import java.util.List;

/**
 * What a file holds: the entries that are right, in its order, and what is wrong with the others.
 *
 * @param <T> a policy or a budget
 */
public record FileContents<T>(List<FileEntry<T>> entries, List<FileError> errors) {
  public FileContents {
    entries = List.copyOf(entries);
    errors = List.copyOf(errors);
  }
}
