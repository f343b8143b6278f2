package io.tokenmeter.mapping;

import io.tokenmeter.mapping.cloudevents.CloudEvents;
import io.tokenmeter.mapping.litellm.LiteLlm;
import io.tokenmeter.mapping.otlp.Otlp;
import io.tokenmeter.mapping.usagejson.UsageJson;
import java.util.function.Function;

/** The formats that usage can come in. */
public enum UsageFormat {
  /** OTLP trace requests, binary; the Kafka exporter's {@code otlp_proto}. */
  OTLP_PROTOBUF("otlp-protobuf", Otlp::protobuf),
  /** OTLP trace requests, JSON; the Kafka exporter's {@code otlp_json}. */
  OTLP_JSON("otlp-json", Otlp::json),
  /** LiteLLM's standard logging payload. */
  LITELLM("litellm", LiteLlm::mapping),
  /** CloudEvents, structured or batched. */
  CLOUD_EVENTS("cloud-events", CloudEvents::mapping),
  /** Usage events in JSON, or providers' responses. */
  USAGE_JSON("usage-json", UsageJson::mapping);

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private final Function<MappingOptions, UsageMapping> factory;

  UsageFormat(String label, Function<MappingOptions, UsageMapping> factory) {
    this.label = label;
    this.factory = factory;
  }

  /** A mapping of this format. */
  public UsageMapping mapping(MappingOptions options) {
    return factory.apply(options);
  }

  /** The name in configuration files. */
  @Override
  public String toString() {
    return label;
  }
}
