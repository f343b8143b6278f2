package io.tokenmeter.streams.registry;

import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.streams.registry.UsageBodies.UnreadableException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Learns the schema of an id by having the configured deserializer read a record with it.
 *
 * <p>A registry that does not know the id is told from one that does not answer: the first makes
 * the record a reject, the second must not. Ids that are not known are remembered for a while, so
 * that a flood of poison records does not become a flood of requests.
 */
final class SchemaLookup {
  private static final long FORGET_UNKNOWN_NANOS = 30_000_000_000L;
  private static final int MAX_UNKNOWN = 10_000;

  private final String topic;
  private final Deserializer<Object> deserializer;
  private final Map<Integer, Schema> known = new HashMap<>();
  private final Map<Integer, Long> unknown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
          return size() > MAX_UNKNOWN;
        }
      };

  SchemaLookup(String topic, Deserializer<Object> deserializer) {
    this.topic = topic;
    this.deserializer = deserializer;
  }

  /**
   * The schema of an id, read off a record that carries it.
   *
   * @throws UnreadableException if the registry does not know the id, or the record does not decode
   * @throws RegistryUnavailableException if the registry does not answer
   */
  Schema schema(int id, byte[] value) throws UnreadableException {
    Schema schema = known.get(id);
    if (schema != null) {
      return schema;
    }
    Long since = unknown.get(id);
    if (since != null && System.nanoTime() - since < FORGET_UNKNOWN_NANOS) {
      throw unknownSchema(id);
    }
    Object read = read(id, value);
    if (!(read instanceof GenericContainer container)) {
      throw new UnreadableException(
          RejectionReason.INCOMPATIBLE_SCHEMA, "schema " + id + " is not the schema of a record");
    }
    known.put(id, container.getSchema());
    return container.getSchema();
  }

  private Object read(int id, byte[] value) throws UnreadableException {
    try {
      return deserializer.deserialize(topic, value);
    } catch (RegistryUnavailableException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) { // a record may hold itself, too deep
      switch (RegistryFailure.of(e)) {
        case NO_ANSWER -> throw new RegistryUnavailableException(e);
        case UNKNOWN_ID -> {
          unknown.put(id, System.nanoTime());
          throw unknownSchema(id);
        }
        default ->
            throw new UnreadableException(
                RejectionReason.UNDECODABLE,
                "the value does not decode with schema " + id + ": " + e.getMessage());
      }
    }
  }

  private static UnreadableException unknownSchema(int id) {
    return new UnreadableException(
        RejectionReason.UNKNOWN_SCHEMA, "the schema registry knows no schema " + id);
  }
}
