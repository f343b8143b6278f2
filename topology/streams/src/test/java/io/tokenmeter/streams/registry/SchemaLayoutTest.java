package io.tokenmeter.streams.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.UsageEvent;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaLayoutTest {
  @Test
  void schemaWithoutDocsPropertiesAndDefaults_hasTheSameLayout() {
    assertSame(
        record("{'name': 'a', 'type': 'string', 'doc': 'A.', 'default': 'x'}"),
        record("{'name': 'a', 'type': {'type': 'string', 'avro.java.string': 'String'}}"));
  }

  @Test
  void schemaThatWentThroughARegistry_hasTheSameLayout() {
    Schema schema = UsageEvent.getClassSchema();
    assertSame(schema, new Schema.Parser().parse(schema.toString()));
  }

  @Test
  void recordsOfOtherNames_haveTheSameLayoutIfTheirFieldsDo() {
    assertSame(
        schema("{'type': 'record', 'name': 'a.B', 'fields': []}"),
        schema("{'type': 'record', 'name': 'c.D', 'fields': []}"));
  }

  @Test
  void anythingThatChangesTheBytesOrTheirMeaning_isAnotherLayout() {
    List<Schema> schemas =
        List.of(
            record("{'name': 'a', 'type': 'string'}"),
            record("{'name': 'b', 'type': 'string'}"),
            record("{'name': 'a', 'type': 'bytes'}"),
            record("{'name': 'a', 'type': ['null', 'string']}"),
            record("{'name': 'a', 'type': ['string', 'null']}"),
            record("{'name': 'a', 'type': 'string'}, {'name': 'b', 'type': 'long'}"),
            record("{'name': 'b', 'type': 'long'}, {'name': 'a', 'type': 'string'}"),
            record("{'name': 'a', 'type': 'long'}"),
            record("{'name': 'a', 'type': 'int'}"),
            record("{'name': 'a', 'type': {'type': 'long', 'logicalType': 'timestamp-micros'}}"),
            record("{'name': 'a', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}}"),
            record("{'name': 'a', 'type': " + decimal(12) + "}"),
            record("{'name': 'a', 'type': " + decimal(6) + "}"),
            record("{'name': 'a', 'type': {'type': 'map', 'values': 'string'}}"),
            record("{'name': 'a', 'type': {'type': 'map', 'values': 'long'}}"),
            record("{'name': 'a', 'type': {'type': 'array', 'items': 'string'}}"),
            record("{'name': 'a', 'type': {'type': 'fixed', 'name': 'F', 'size': 4}}"),
            record("{'name': 'a', 'type': {'type': 'fixed', 'name': 'F', 'size': 5}}"),
            record("{'name': 'a', 'type': {'type': 'enum', 'name': 'E', 'symbols': ['X', 'Y']}}"),
            record("{'name': 'a', 'type': {'type': 'enum', 'name': 'E', 'symbols': ['Y', 'X']}}"),
            CostedUsage.getClassSchema(),
            UsageEvent.getClassSchema());
    assertThat(schemas.stream().map(SchemaLayout::of)).doesNotHaveDuplicates();
  }

  @Test
  void recordThatHoldsItself_hasAFiniteLayout() {
    Schema list = node("next");
    assertSame(list, new Schema.Parser().parse(list.toString().replace("Node", "Link")));
    assertThat(SchemaLayout.of(list)).isNotEqualTo(SchemaLayout.of(node("previous")));
  }

  @Test
  void recordUsedTwiceSideBySide_isLaidOutTwice() {
    Schema shared =
        record(
            "{'name': 'a', 'type': {'type': 'record', 'name': 'S', 'fields': ["
                + "{'name': 'x', 'type': 'int'}]}}, {'name': 'b', 'type': 'S'}");
    Schema separate =
        record(
            "{'name': 'a', 'type': {'type': 'record', 'name': 'S', 'fields': ["
                + "{'name': 'x', 'type': 'int'}]}}, {'name': 'b', 'type': {'type': 'record',"
                + " 'name': 'T', 'fields': [{'name': 'x', 'type': 'int'}]}}");
    assertSame(shared, separate);
  }

  private static void assertSame(Schema one, Schema other) {
    assertThat(SchemaLayout.of(one)).isEqualTo(SchemaLayout.of(other));
  }

  private static Schema node(String field) {
    return schema(
        "{'type': 'record', 'name': 'Node', 'fields': [{'name': '"
            + field
            + "', 'type': ['null', 'Node']}]}");
  }

  private static String decimal(int scale) {
    return "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 38, 'scale': " + scale + "}";
  }

  private static Schema record(String fields) {
    return schema("{'type': 'record', 'name': 'R', 'fields': [" + fields + "]}");
  }

  private static Schema schema(String text) {
    return new Schema.Parser().parse(text.replace('\'', '"'));
  }
}
