package io.tokenmeter.cli.policies;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.policyfiles.FileContents;
import io.tokenmeter.policyfiles.FileEntry;
import io.tokenmeter.policyfiles.FileError;
import io.tokenmeter.streams.TokenmeterConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of budgets or policies that was named on the command line. */
final class EntryFile {
  private EntryFile() {}

  /**
   * Reads a file that must be right as a whole: one that is applied by halves is neither the old
   * nor the new state.
   *
   * @param config the application's settings, to check against; null for none
   * @param err where the errors are listed, each with its line
   * @throws CommandFailedException if there is an error
   */
  static <T> List<T> read(
      Path file, EntryKind<T> kind, @Nullable TokenmeterConfig config, PrintWriter err)
      throws IOException {
    FileContents<T> contents = contents(file, kind);
    List<FileError> errors = new ArrayList<>(contents.errors());
    if (config != null) {
      errors.addAll(kind.check(contents, config));
    }
    errors.stream()
        .sorted(Comparator.comparingInt(FileError::line))
        .forEach(error -> err.println(file + ", line " + error.line() + ": " + error.message()));
    if (!errors.isEmpty()) {
      throw new CommandFailedException(
          errors.size() == 1
              ? "1 error in " + file + "; nothing was done"
              : errors.size() + " errors in " + file + "; nothing was done");
    }
    return contents.entries().stream().map(FileEntry::value).toList();
  }

  private static <T> FileContents<T> contents(Path file, EntryKind<T> kind) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandFailedException(file + " is a directory, not a file of " + kind.many());
    }
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return kind.read(text);
    } catch (UnreadableDocumentException e) {
      throw new CommandFailedException(
          file + ", line " + e.line() + ": no file of " + kind.many() + ": " + e.getMessage(), e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new CommandFailedException(file + " is not UTF-8 text", e);
    }
  }
}
