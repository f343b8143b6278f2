package io.tokenmeter.cli.policies;

import io.tokenmeter.cli.cluster.TableTopic;
import io.tokenmeter.policyfiles.FileContents;
import io.tokenmeter.policyfiles.FileError;
import io.tokenmeter.streams.TokenmeterConfig;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/**
 * What budgets and policies have in common: entries of a file that become rows of a topic.
 *
 * @param <T> an entry
 */
interface EntryKind<T> {
  /** One of them, such as {@code budget}. */
  String one();

  /** Several of them. */
  String many();

  /** Name of the topic in the catalogue. */
  String topic();

  /** Reads a file of them. */
  FileContents<T> read(Reader text) throws IOException;

  /**
   * What is wrong with entries that are right in themselves, where the application is set up so.
   *
   * @param contents of a file
   * @param config the application's settings, as far as they are known
   */
  List<FileError> check(FileContents<T> contents, TokenmeterConfig config);

  /** Tells entries apart: the record's key. */
  String key(T entry);

  /** The record's value. */
  IndexedRecord record(T entry);

  /** The entry of a record; throws saying why it is none. */
  T entry(String key, Object record);

  /** The topic of them in a deployment. */
  default TableTopic<T> table(Map<String, String> settings) {
    return new TableTopic<>(settings, topic(), this::entry);
  }

  /** The entry's fields in the order in which they are shown; one that is not set is empty. */
  Map<String, String> fields(T entry);

  /** The lines of a file that holds the entries. */
  List<String> yaml(List<T> entries);
}
