package io.tokenmeter.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryAvroConverterTest {

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Costed", "namespace": "io.example", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "cost_usd", "default": null, "type": ["null",
          {"type": "bytes", "logicalType": "decimal", "precision": 38, "scale": 12}]},
        {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["OK", "ERROR"]}},
        {"name": "part", "type": ["null", "string"], "default": null},
        {"name": "tags", "type": ["null", {"type": "map", "values": "string"}], "default": null},
        {"name": "sketch", "type": ["null", "bytes"], "default": null},
        {"name": "lines", "default": [], "type": {"type": "array", "items":
          {"type": "record", "name": "Line", "fields": [
            {"name": "unit", "type": "string"},
            {"name": "cost_usd",
             "type": {"type": "bytes", "logicalType": "decimal", "precision": 38, "scale": 12}},
            {"name": "since", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]}
          ]}}}
      ]}
      """;

  /** Worked out by hand from the Avro specification's binary encoding. */
  private static final String FULL =
      "00 00000007" // zero byte, schema 7
          + "04 6531" // id: 2 bytes, "e1"
          + "82 80 f2 81 83 89 85 06" // at: 1,700,000,000,000,001 microseconds, zigzag
          + "02 0a 02 46 27 a2 00" // cost_usd: present, 5 bytes, 9766937088 units of 10^-12
          + "02" // status: the second symbol
          + "02 02 78" // part: "x"
          + "02 02 02 6b 02 76 00" // tags: one entry k -> v
          + "02 04 01ff" // sketch: 2 bytes
          + "02 0a 746f6b656e" // lines: one, unit "token"
          + "02 01" // cost_usd: 1 byte, 10^-12
          + "02 02" // since: 1 microsecond
          + "00";

  private static final String BARE =
      "00 00000007" + "04 6532" + "02" + "00" + "00" + "00" + "00" + "00" + "00";

  private FakeRegistry registry;
  private RegistryAvroConverter converter;

  @BeforeEach
  void start() throws IOException {
    registry = new FakeRegistry();
    registry.has(7, SCHEMA);
    converter = converter(Map.of());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void record_withEveryField_keepsEveryDigitAndMicrosecond() {
    Struct struct = struct(FULL);

    assertThat(struct.schema().name()).isEqualTo("io.example.Costed");
    assertThat(struct.getString("id")).isEqualTo("e1");
    assertThat(struct.getString("at")).isEqualTo("2023-11-14T22:13:20.000001Z");
    assertThat(struct.get("cost_usd")).isEqualTo(new BigDecimal("0.009766937088"));
    assertThat(struct.getString("status")).isEqualTo("ERROR");
    assertThat(struct.getString("part")).isEqualTo("x");
    assertThat(struct.getString("tags")).isEqualTo("{\"k\":\"v\"}");
    assertThat(struct.getBytes("sketch")).containsExactly(0x01, 0xff);
    assertThat(struct.getString("lines"))
        .isEqualTo(
            "[{\"unit\":\"token\",\"cost_usd\":\"0.000000000001\",\"since\":\"1970-01-01T00:00:00.000001Z\"}]");
  }

  @Test
  void record_withoutOptionalFields_hasNullsAndNoDefaults() {
    Struct struct = struct(BARE);

    assertThat(struct.getString("at")).isEqualTo("1970-01-01T00:00:00.000001Z");
    for (String field : List.of("cost_usd", "part", "tags", "sketch")) {
      assertThat(struct.get(field)).as(field).isNull();
    }
    assertThat(struct.getString("lines")).isEqualTo("[]");
  }

  @Test
  void schema_namesTheTypesThatJdbcSinksKnow() {
    Schema schema = struct(FULL).schema();

    assertThat(schema.field("at").schema().name()).isEqualTo("io.debezium.time.ZonedTimestamp");
    assertThat(schema.field("lines").schema().name()).isEqualTo("io.debezium.data.Json");
    assertThat(schema.field("lines").schema().isOptional()).isFalse();
    Schema cost = schema.field("cost_usd").schema();
    assertThat(cost.isOptional()).isTrue();
    assertThat(cost.name()).isEqualTo("org.apache.kafka.connect.data.Decimal");
    assertThat(cost.parameters())
        .containsEntry("scale", "12")
        .containsEntry("connect.decimal.precision", "38");
  }

  @Test
  void nestedFields_asStructs_keepConnectsTypes() {
    converter = converter(Map.of("nested.format", "struct"));

    Struct struct = struct(FULL);

    assertThat(struct.getMap("tags")).isEqualTo(Map.of("k", "v"));
    Struct line = (Struct) struct.getArray("lines").get(0);
    assertThat(line.get("cost_usd")).isEqualTo(new BigDecimal("0.000000000001"));
    assertThat(line.getString("since")).isEqualTo("1970-01-01T00:00:00.000001Z");
  }

  @Test
  void absentText_whereAKeyNeedsIt_isEmptyAndNeverNull() {
    converter = converter(Map.of("empty.text.fields", "part"));

    assertThat(struct(BARE).getString("part")).isEmpty();
    assertThat(struct(FULL).getString("part")).isEqualTo("x");
    assertThat(struct(BARE).schema().field("part").schema()).isEqualTo(Schema.STRING_SCHEMA);
  }

  @Test
  void emptyTextField_thatIsNoText_isRefusedByName() {
    converter = converter(Map.of("empty.text.fields", "cost_usd"));

    assertThatThrownBy(() -> read(BARE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Record of topic costs: empty.text.fields names io.example.Costed.cost_usd, which is no text.");
  }

  @Test
  void schema_isFetchedOnceForAllItsRecords() {
    read(FULL);
    read(BARE);

    assertThat(registry.requests).hasSize(1);
  }

  @Test
  void tombstone_isNull() {
    assertThat(converter.toConnectData("costs", null)).isEqualTo(SchemaAndValue.NULL);
  }

  @Test
  void recordThatIsNotAsItShouldBe_isADataErrorThatSaysWhy() throws IOException {
    registry.has(8, "\"string\"");
    registry.has(9, SCHEMA.replace("[\"null\", \"string\"]", "[\"null\", \"string\", \"int\"]"));
    registry.answers(10, 200, "{\"schema\":\"syntax\",\"schemaType\":\"PROTOBUF\"}");

    assertDataError("", "not in the registry's wire format: 0 bytes, where");
    assertDataError("00 000000", "not in the registry's wire format: 4 bytes, the first 0x00");
    assertDataError("7b 22 69 64 22 3a", "6 bytes, the first 0x7b, where a zero byte");
    assertDataError(FULL + "00", "the body goes on after the end of the record.");
    assertDataError(FULL.substring(0, 35), "the body does not fit its schema: ");
    assertDataError("00 00000008 02 61", "the schema is no record but STRING.");
    assertDataError("00 00000009 02 61", "field io.example.Costed.part has the type ");
    assertDataError("00 0000000a 02", "Schema 10 is not an Avro schema but PROTOBUF.");
    assertDataError("00 0000000b 02", "answered 404 to schema 11: it does not know it.");
  }

  @Test
  void registryThatFails_isRetriedAndNoRecordIsToBlame() {
    registry.answers(20, 503, "");
    registry.answers(21, 429, "");
    registry.answers(22, 200, "<html>a proxy's page</html>");

    for (int id : List.of(20, 21, 22)) {
      assertThatThrownBy(() -> read("00 000000" + HexFormat.of().toHexDigits((byte) id) + "02"))
          .isInstanceOf(RetriableException.class);
    }
    registry.close();
    assertThatThrownBy(() -> read(FULL))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("does not answer");
  }

  @Test
  void registryThatComesBack_isAskedAgain() throws IOException {
    registry.answers(7, 503, "");
    assertThatThrownBy(() -> read(FULL)).isInstanceOf(RetriableException.class);

    registry.has(7, SCHEMA);

    assertThat(struct(FULL).getString("id")).isEqualTo("e1");
  }

  @Test
  void secondAddress_isAskedWhereTheFirstDoesNotAnswer() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    converter =
        converter(
            Map.of("schema.registry.url", "http://127.0.0.1:" + free + "," + registry.url() + "/"));

    assertThat(struct(FULL).getString("id")).isEqualTo("e1");
  }

  @Test
  void addressThatIsNotTheRegistrysApi_isRetriedAndNoRecordIsToBlame() {
    registry.answers(
        31, 404, "{\"title\":\"Could not find resource for full path\",\"status\":404}");
    registry.answers(32, 404, "<html>not found</html>");

    for (String id : List.of("1f", "20")) {
      assertThatThrownBy(() -> read("00 000000" + id + " 02"))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("check schema.registry.url");
    }
  }

  @Test
  void credentialsInTheAddress_areRefusedAndNotRepeated() {
    Map<String, String> settings =
        Map.of("schema.registry.url", "http://reader:secret@localhost:8081");

    assertThatThrownBy(() -> new ConverterSettings(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("basic.auth.user.info")
        .hasMessageNotContaining("secret");
  }

  @Test
  void credentials_areSent_andWhereRefusedNoRecordIsToBlame() {
    converter = converter(Map.of("basic.auth.user.info", "reader:secret"));
    registry.answers(30, 401, "");

    read(FULL);

    assertThat(registry.requests)
        .containsExactly("/apis/ccompat/v7/schemas/ids/7 Basic cmVhZGVyOnNlY3JldA==");
    // An error tolerance drops the record of any other exception.
    assertThatThrownBy(() -> read("00 0000001e 02"))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("check basic.auth.user.info");
  }

  @Test
  void settings_thatCannotBe_areRefusedByName() {
    assertThatThrownBy(() -> converter(Map.of("schema.registry.url", "registry:8080")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must begin with http:// or https://");
    assertThatThrownBy(() -> new RegistryAvroConverter().configure(Map.of(), false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url");
    assertThatThrownBy(() -> converter(Map.of("nested.format", "xml")))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void writing_isRefused() {
    assertThatThrownBy(() -> converter.fromConnectData("costs", Schema.STRING_SCHEMA, "x"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("reads only");
  }

  private RegistryAvroConverter converter(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("schema.registry.url", registry.url());
    all.putAll(settings);
    RegistryAvroConverter made = new RegistryAvroConverter();
    made.configure(all, false);
    return made;
  }

  private Struct struct(String hex) {
    return (Struct) read(hex).value();
  }

  private SchemaAndValue read(String hex) {
    return converter.toConnectData("costs", HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private void assertDataError(String hex, String message) {
    assertThatThrownBy(() -> read(hex))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Record of topic costs: ")
        .hasMessageContaining(message);
  }
}
