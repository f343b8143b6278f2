package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.streams.cluster.RegistryClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Decodes values of one topic with plain Avro: the writer's schema from the registry, resolved to a
 * generated class.
 */
public final class Records<T> {
  static {
    GeneratedClasses.trust();
  }

  private final RegistryClient registry;
  private final Schema current;
  private final Map<Integer, SpecificDatumReader<T>> readers = new HashMap<>();
  private BinaryDecoder decoder;

  /** Records of the given class's schema. */
  public Records(RegistryClient registry, Schema current) {
    this.registry = registry;
    this.current = current;
  }

  /** The writer's schema of a framed value; empty if the registry does not know it. */
  Optional<Schema> writer(byte[] value) {
    return registry.schema(ByteBuffer.wrap(value).getInt(1));
  }

  /**
   * Decodes a value.
   *
   * @throws IOException or a RuntimeException if it is not exactly one record
   */
  public T decode(byte[] value) throws IOException {
    SpecificDatumReader<T> reader =
        readers.computeIfAbsent(
            ByteBuffer.wrap(value).getInt(1),
            id -> new SpecificDatumReader<>(registry.schema(id).orElseThrow(), current));
    decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, decoder);
    T record = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left");
    }
    return record;
  }
}
