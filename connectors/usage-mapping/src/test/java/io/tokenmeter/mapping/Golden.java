package io.tokenmeter.mapping;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.usagefiles.UsageJsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A body of a source and, beside it in NAME.expected.json, what it must become: an object with
 * "path" and "event" or "rejected" for each item, and how many were "ignored".
 */
record Golden(String name, UsageFormat format, byte[] body, JsonNode expected) {

  /** When all fixtures were received: a little after they happened. */
  static final Instant RECEIVED_AT = Instant.parse("2026-03-01T12:00:00Z");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static Stream<Golden> all(UsageFormat format) {
    Path directory = Path.of("src/test/resources/io/tokenmeter/mapping").resolve(format.toString());
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> bodies =
          files.filter(file -> !file.toString().endsWith(".expected.json")).sorted().toList();
      return bodies.stream().map(file -> read(format, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Golden read(UsageFormat format, Path file) {
    String name = file.getFileName().toString().replaceFirst("\\..*", "");
    try {
      JsonNode expected = JSON.readTree(file.resolveSibling(name + ".expected.json").toFile());
      return new Golden(name, format, Files.readAllBytes(file), expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a batch is, in the form of the expectation. */
  static JsonNode describe(MappedBatch batch) {
    ObjectNode description = JSON.createObjectNode();
    description.put("ignored", batch.ignored());
    ArrayNode items = description.putArray("items");
    for (MappedItem item : batch.items()) {
      ObjectNode object = items.addObject().put("path", item.path());
      if (item instanceof MappedItem.Event mapped) {
        object.set("event", event(mapped));
      } else if (item instanceof MappedItem.Rejected rejected) {
        object.put(
            "rejected", rejected.rejection().reason() + ": " + rejected.rejection().message());
      }
    }
    return description;
  }

  private static JsonNode event(MappedItem.Event mapped) {
    try {
      return JSON.readTree(UsageJsonWriter.write(mapped.event()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return format + "/" + name;
  }
}
