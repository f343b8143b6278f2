package io.tokenmeter.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * The versions of each schema that were ever published, with records written then: a directory for
 * each version, with NAME.avsc and, for both examples, NAME-full.hex (the record's bytes) and
 * NAME-full.txt (its values). Nothing that is there is ever changed.
 */
final class Versions {
  static final List<String> EXAMPLES = List.of("full", "minimal");

  private static final Path ROOT =
      Path.of("src", "test", "resources", "io", "tokenmeter", "schemas");
  private static final int HEX_WIDTH = 100;

  private Versions() {}

  /** One version of a schema, as its files have it. */
  record Version(int number, String name) {
    Schema schema() {
      return new Schema.Parser().parse(read(file(".avsc")));
    }

    byte[] record(String example) {
      return HexFormat.of().parseHex(read(file("-" + example + ".hex")).replaceAll("\\s", ""));
    }

    Map<String, String> values(String example) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String line : read(file("-" + example + ".txt")).split("\n")) {
        String[] parts = line.split(" = ", 2);
        values.put(parts[0], parts[1]);
      }
      return values;
    }

    private Path file(String ending) {
      return ROOT.resolve("v" + number).resolve(name + ending);
    }

    @Override
    public String toString() {
      return name + " v" + number;
    }
  }

  /** The stored versions of a schema, the oldest first. */
  static List<Version> of(String name) {
    List<Version> versions = new ArrayList<>();
    for (int number = 1; Files.isDirectory(ROOT.resolve("v" + number)); number++) {
      Version version = new Version(number, name);
      if (Files.exists(version.file(".avsc"))) {
        versions.add(version);
      }
    }
    return versions;
  }

  /** The present schema as it is written, without what the generated class adds. */
  static Schema present(Schema schema) {
    return new Schema.Parser().parse(read(source(schema)));
  }

  private static Path source(Schema schema) {
    return Path.of("src", "main", "avro", schema.getName() + ".avsc");
  }

  /** Stores the present schema and its examples. */
  static void write(int number, Schema schema) throws IOException {
    Version version = new Version(number, schema.getName());
    Files.createDirectories(version.file("").getParent());
    Files.copy(source(schema), version.file(".avsc"));
    for (String example : EXAMPLES) {
      byte[] record = Records.encode(example(schema, example));
      String hex = HexFormat.of().formatHex(record);
      Files.writeString(
          version.file("-" + example + ".hex"),
          hex.replaceAll("(.{" + HEX_WIDTH + "})(?=.)", "$1\n") + "\n");
      Files.writeString(
          version.file("-" + example + ".txt"),
          Records.values(Records.decode(record, schema, schema)).entrySet().stream()
              .map(value -> value.getKey() + " = " + value.getValue() + "\n")
              .collect(Collectors.joining()));
    }
  }

  static IndexedRecord example(Schema schema, String example) {
    return example.equals("full") ? Examples.full(schema) : Examples.minimal(schema);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
