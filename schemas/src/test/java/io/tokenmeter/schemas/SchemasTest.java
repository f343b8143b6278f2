package io.tokenmeter.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every schema, and for the topics that carry them. */
class SchemasTest {
  /** Numbers that count nothing: an order, or a place in a topic. */
  private static final Set<String> WITHOUT_UNIT =
      Set.of("revision", "attempt", "source_partition", "source_offset");

  private static final Pattern UNIT =
      Pattern.compile(
          "tokens|USD|milliseconds|microseconds|bytes|percent|in units|by unit name|requests?"
              + "|steps|runs|spans|[Dd]ays|no unit",
          Pattern.CASE_INSENSITIVE);

  static List<Schema> schemas() {
    return Contract.schemas();
  }

  @Test
  void everySchemaFile_isOneOfTheContract() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src", "main", "avro"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              schemas().stream().map(schema -> schema.getName() + ".avsc").toList());
    }
  }

  // Documentation.

  @ParameterizedTest
  @MethodSource("schemas")
  void everyRecordEnumAndField_isDocumentedInSentences(Schema schema) {
    List<String> undocumented = new ArrayList<>();
    Contract.parts(schema)
        .forEach(
            part -> {
              if (part.getType() == Schema.Type.RECORD) {
                part.getFields().stream()
                    .filter(field -> !isSentence(field.doc()))
                    .forEach(field -> undocumented.add(part.getName() + "." + field.name()));
              }
              boolean named =
                  part.getType() == Schema.Type.RECORD || part.getType() == Schema.Type.ENUM;
              if (named && !isSentence(part.getDoc())) {
                undocumented.add(part.getName());
              }
            });
    assertThat(undocumented)
        .as("give each of them a doc in %s.avsc that ends with a full stop", schema.getName())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void everyNumber_hasItsUnitInItsDocumentation(Schema schema) {
    List<String> withoutUnit = new ArrayList<>();
    records(schema)
        .forEach(
            record ->
                record.getFields().stream()
                    .filter(field -> isNumber(field.schema()))
                    .filter(field -> !WITHOUT_UNIT.contains(field.name()))
                    .filter(field -> !UNIT.matcher(field.doc()).find())
                    .forEach(field -> withoutUnit.add(record.getName() + "." + field.name())));
    assertThat(withoutUnit)
        .as(
            "say the unit in the doc of each in %s.avsc, such as 'tokens' or 'USD'",
            schema.getName())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void money_isAlwaysADecimalOfTwelvePlaces(Schema schema) {
    records(schema)
        .flatMap(record -> record.getFields().stream())
        .filter(field -> field.name().contains("usd"))
        .forEach(
            field -> {
              Schema type = withoutNull(field.schema());
              assertThat(type.getLogicalType())
                  .as(field.name())
                  .isEqualTo(LogicalTypes.decimal(38, 12));
            });
  }

  /**
   * Otherwise old records could not be read once the field is gone, nor new ones before it came.
   */
  @ParameterizedTest
  @MethodSource("schemas")
  void everyOptionalField_isAbsentByDefault(Schema schema) {
    records(schema)
        .flatMap(record -> record.getFields().stream())
        .filter(field -> field.schema().isUnion())
        .forEach(
            field -> {
              assertThat(field.schema().getTypes().get(0).getType())
                  .as(field.name())
                  .isEqualTo(Schema.Type.NULL);
              assertThat(field.hasDefaultValue()).as(field.name()).isTrue();
            });
  }

  /** A symbol that an old consumer does not know becomes the default. */
  @ParameterizedTest
  @MethodSource("schemas")
  void everyEnum_hasADefaultSymbol(Schema schema) {
    assertThat(Contract.parts(schema).filter(part -> part.getType() == Schema.Type.ENUM))
        .allSatisfy(part -> assertThat(part.getEnumDefault()).as(part.getName()).isNotNull());
  }

  // CostedUsage is a UsageEvent's bytes with the cost behind them.

  @Test
  void costedUsage_beginsWithTheFieldsOfUsageEventInTheirOrder() {
    List<Schema.Field> event = UsageEvent.getClassSchema().getFields();
    List<Schema.Field> costed = CostedUsage.getClassSchema().getFields();
    assertThat(costed.subList(0, event.size()))
        .as("give CostedUsage.avsc the fields of UsageEvent.avsc, all and first; a new one last")
        .usingElementComparator((a, b) -> describe(a).compareTo(describe(b)))
        .isEqualTo(event);
  }

  private static String describe(Schema.Field field) {
    return field.name() + " " + field.schema() + " " + field.defaultVal() + " " + field.doc();
  }

  // The topic catalogue.

  @Test
  void everyTopic_carriesASchemaOfTheContract() throws IOException {
    List<String> values = new ArrayList<>();
    for (JsonNode topic : topics()) {
      values.add(topic.get("value").asText());
    }
    assertThat(Set.copyOf(values))
        .as("topics.yaml names the schema of each topic's value, and each schema has its topic")
        .containsExactlyInAnyOrderElementsOf(schemas().stream().map(Schema::getName).toList());
  }

  @Test
  void everyTopic_saysWhatItIsForAndWhatItsKeyIs() throws IOException {
    Set<String> names = new java.util.HashSet<>();
    for (JsonNode topic : topics()) {
      String name = topic.get("name").asText();
      assertThat(names.add(name)).as("%s is named once", name).isTrue();
      assertThat(topic.get("key").asText()).as(name).isNotBlank();
      assertThat(isSentence(topic.get("about").asText())).as(name).isTrue();
      assertThat(topic.get("partitions").asInt()).as(name).isPositive();
      assertThat(topic.get("settings").get("cleanup.policy").asText()).as(name).isNotBlank();
    }
  }

  private static JsonNode topics() throws IOException {
    try (InputStream in = UsageEvent.class.getResourceAsStream("topics.yaml")) {
      return new YAMLMapper().readTree(in).get("topics");
    }
  }

  private static Stream<Schema> records(Schema schema) {
    return Contract.parts(schema).filter(part -> part.getType() == Schema.Type.RECORD);
  }

  private static boolean isNumber(Schema schema) {
    return Contract.parts(schema)
        .takeWhile(part -> part.getType() != Schema.Type.RECORD)
        .anyMatch(
            part ->
                switch (part.getType()) {
                  case INT, LONG, FLOAT, DOUBLE -> true;
                  case BYTES -> part.getLogicalType() instanceof LogicalTypes.Decimal;
                  default -> false;
                });
  }

  private static Schema withoutNull(Schema schema) {
    return schema.isUnion() ? schema.getTypes().get(1) : schema;
  }

  private static boolean isSentence(String doc) {
    return doc != null && !doc.isBlank() && doc.endsWith(".");
  }
}
