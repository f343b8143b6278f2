package io.tokenmeter.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FULL_TRANSITIVE: every version of a schema reads the records of every other one, as the registry
 * demands it.
 */
class SchemaVersionsTest {
  private static final String RULE =
      "%s is not compatible with %s (%s). Records of both are in topics, so undo the change: new"
          + " fields need a default, and nothing may be renamed, removed or given another type.";

  static List<Schema> schemas() {
    return Contract.schemas();
  }

  static Stream<Versions.Version> versions() {
    return schemas().stream().flatMap(schema -> Versions.of(schema.getName()).stream());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void presentSchema_isStoredAsItsNewestVersion(Schema schema) {
    List<Versions.Version> stored = Versions.of(schema.getName());
    int next = stored.isEmpty() ? 1 : stored.get(stored.size() - 1).number() + 1;
    boolean isStored =
        !stored.isEmpty()
            && stored.get(stored.size() - 1).schema().equals(Versions.present(schema));
    assertThat(isStored)
        .as(
            "%s.avsc has changed, or is new. If that is meant, give the new fields a value in"
                + " Examples, store it as version %d by\n    %s\nand commit the new files.",
            schema.getName(), next, WriteVersion.COMMAND)
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void storedVersion_isCompatibleBothWaysWithThePresentSchemaAndEveryOther(
      Versions.Version version) {
    Schema present = present(version);
    assertCompatible(version.schema(), version.toString(), present, "the present schema");
    for (Versions.Version other : Versions.of(version.name())) {
      assertCompatible(version.schema(), version.toString(), other.schema(), other.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void storedRecords_haveTheirValuesWithTheSchemaTheyWereWrittenWith(Versions.Version version) {
    for (String example : Versions.EXAMPLES) {
      IndexedRecord record =
          Records.decode(version.record(example), version.schema(), version.schema());
      assertThat(Records.values(record))
          .as("%s, %s", version, example)
          .isEqualTo(version.values(example));
      assertThat(Records.encode(record))
          .as("%s, %s", version, example)
          .hasSameSizeAs(version.record(example));
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void storedRecords_keepTheirValuesWithThePresentSchema(Versions.Version version) {
    for (String example : Versions.EXAMPLES) {
      IndexedRecord record =
          Records.decode(version.record(example), version.schema(), present(version));
      assertThat(common(Records.values(record), version.schema()))
          .as("%s, %s: an old record is read with another value", version, example)
          .isEqualTo(version.values(example));
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void presentRecords_keepTheirValuesWithAnOldSchema(Versions.Version version) {
    Schema present = present(version);
    for (String example : Versions.EXAMPLES) {
      byte[] bytes = Records.encode(Versions.example(present, example));
      Map<String, String> written = Records.values(Records.decode(bytes, present, present));
      Map<String, String> read = Records.values(Records.decode(bytes, present, version.schema()));
      assertThat(read)
          .as("%s, %s: a new record is read with another value by old consumers", version, example)
          .isEqualTo(common(written, version.schema()));
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void examples_coverEveryField(Schema schema) {
    Map<String, String> full = values(schema, "full");
    assertThat(full).as("the full example of %s", schema.getName()).doesNotContainValue("null");
    assertThat(full)
        .as("the full example of %s", schema.getName())
        .allSatisfy(
            (path, value) -> {
              if (path.matches("[a-z_]+\\.size")) {
                assertThat(value).as(path).isNotEqualTo("0");
              }
            });
    List<String> optional = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (field.schema().isUnion()) {
        optional.add(field.name());
      }
    }
    Map<String, String> minimal = values(schema, "minimal");
    assertThat(optional)
        .allSatisfy(name -> assertThat(minimal).as(schema.getName()).containsEntry(name, "null"));
  }

  private static Map<String, String> values(Schema schema, String example) {
    byte[] bytes = Records.encode(Versions.example(schema, example));
    return Records.values(Records.decode(bytes, schema, schema));
  }

  /** The values of fields that a schema has. */
  private static Map<String, String> common(Map<String, String> values, Schema schema) {
    Map<String, String> common = new LinkedHashMap<>();
    values.forEach(
        (path, value) -> {
          if (schema.getField(path.split("[.\\[{]", 2)[0]) != null) {
            common.put(path, value);
          }
        });
    return common;
  }

  private static Schema present(Versions.Version version) {
    return schemas().stream()
        .filter(schema -> schema.getName().equals(version.name()))
        .findFirst()
        .orElseThrow();
  }

  private static void assertCompatible(Schema one, String oneName, Schema other, String otherName) {
    assertReads(one, oneName, other, otherName);
    assertReads(other, otherName, one, oneName);
  }

  private static void assertReads(
      Schema reader, String readerName, Schema writer, String writerName) {
    SchemaCompatibilityResult result =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    assertThat(result.getCompatibility())
        .as(RULE, readerName, writerName, misfits(result))
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static String misfits(SchemaCompatibilityResult result) {
    return result.getIncompatibilities().stream()
        .map(misfit -> misfit.getType() + " " + misfit.getMessage() + " at " + misfit.getLocation())
        .collect(Collectors.joining(", "));
  }
}
