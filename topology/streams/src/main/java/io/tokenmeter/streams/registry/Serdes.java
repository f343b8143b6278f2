package io.tokenmeter.streams.registry;

import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.streams.TokenmeterConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Makes the Avro serializer and deserializer that the configuration names. */
public final class Serdes {
  private static final Duration REGISTRY_LIMIT = Duration.ofSeconds(10);

  /** Less than max.poll.interval.ms, after which Kafka gives a thread's tasks to others. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final TokenmeterConfig config;
  private volatile boolean stopping;

  /** Serdes of the given configuration. */
  public Serdes(TokenmeterConfig config) {
    GeneratedClasses.trust();
    this.config = config;
  }

  /** A serializer of generated classes. */
  public Serializer<Object> serializer() {
    Serializer<Object> serializer = instance(TokenmeterConfig.VALUE_SERIALIZER, Serializer.class);
    serializer.configure(settings(config), false);
    return new TimeLimit(REGISTRY_LIMIT).whileWriting(serializer);
  }

  /** A deserializer to generated classes. */
  public Deserializer<Object> deserializer() {
    return deserializer(true);
  }

  /**
   * A deserializer to generated classes for reading long topics: the configured one reads the first
   * record of each schema, and the others where more than Avro is needed. For one thread.
   */
  public Deserializer<Object> cachingDeserializer() {
    return new CachedReaders(deserializer(true), deserializer(false));
  }

  /**
   * A deserializer to generated classes that waits for a registry which does not answer, and throws
   * {@link RegistryUnavailableException} in the end.
   */
  public Deserializer<Object> patientDeserializer() {
    return patient(deserializer());
  }

  /**
   * A deserializer to GenericRecords, each with the schema that its writer used. Waits as {@link
   * #patientDeserializer} does.
   */
  public Deserializer<Object> genericDeserializer() {
    return patient(deserializer(false));
  }

  /** Ends all waiting for the registry, because the application stops. */
  public void stopWaiting() {
    stopping = true;
  }

  private Deserializer<Object> patient(Deserializer<Object> deserializer) {
    return new PatientDeserializer(deserializer, PATIENCE, () -> stopping);
  }

  private Deserializer<Object> deserializer(boolean specific) {
    Deserializer<Object> deserializer =
        instance(TokenmeterConfig.VALUE_DESERIALIZER, Deserializer.class);
    Map<String, Object> settings = settings(config);
    settings.put("apicurio.registry.use-specific-avro-reader", specific);
    settings.put("specific.avro.reader", specific);
    deserializer.configure(settings, false);
    return new TimeLimit(REGISTRY_LIMIT).whileReading(deserializer);
  }

  /**
   * Settings for the serializer and deserializer: the registry's address as both known
   * implementations name it, and everything that begins with {@code serde.}.
   */
  public static Map<String, Object> settings(TokenmeterConfig config) {
    String registry = config.getString(TokenmeterConfig.REGISTRY_URL);
    Map<String, Object> settings = new HashMap<>();
    settings.put("apicurio.registry.url", registry);
    settings.put("apicurio.registry.auto-register", true);
    settings.put("apicurio.registry.auto-register.if-exists", "FIND_OR_CREATE_VERSION");
    // Whole schemas: by default Apicurio takes named types out into artifacts of their own, which
    // not every client puts together again.
    settings.put("apicurio.registry.dereference-schema", true);
    // The subject that Confluent's API shows is then TOPIC-value.
    settings.put(
        "apicurio.registry.artifact-resolver-strategy",
        "io.apicurio.registry.serde.strategy.TopicIdStrategy");
    settings.put("schema.registry.url", registry);
    settings.putAll(config.passedThrough("serde."));
    return settings;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a setting has no type
  private <T> T instance(String setting, Class<?> type) {
    String name = config.getString(setting);
    try {
      return (T) type.cast(Utils.newInstance(name, type));
    } catch (ClassNotFoundException | ClassCastException e) {
      throw new org.apache.kafka.common.config.ConfigException(
          setting, name, "is not a class on the class path that is a " + type.getSimpleName());
    }
  }
}
