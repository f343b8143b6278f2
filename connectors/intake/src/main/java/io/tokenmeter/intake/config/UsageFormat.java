package io.tokenmeter.intake.config;

import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.UsageMapping;
import io.tokenmeter.mapping.cloudevents.CloudEvents;
import io.tokenmeter.mapping.litellm.LiteLlm;
import io.tokenmeter.mapping.otlp.Otlp;
import io.tokenmeter.mapping.usagejson.UsageJson;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The forms in which usage comes. The names stand in settings and in metrics. */
public enum UsageFormat {
  /** OpenTelemetry traces as protobuf, as the Collector's Kafka exporter writes by default. */
  OTLP_PROTO(Otlp::protobuf),
  /** OpenTelemetry traces as JSON. */
  OTLP_JSON(Otlp::json),
  /** Usage events under their own field names, or providers' responses. */
  USAGE_JSON(UsageJson::mapping),
  /** CloudEvents as OpenMeter takes them. */
  CLOUDEVENTS(CloudEvents::mapping),
  /** LiteLLM's StandardLoggingPayload. */
  LITELLM(LiteLlm::mapping);

  private final Function<MappingOptions, UsageMapping> mapping;

  UsageFormat(Function<MappingOptions, UsageMapping> mapping) {
    this.mapping = mapping;
  }

  /** The name in settings and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What reads the format. */
  public UsageMapping mapping(MappingOptions options) {
    return mapping.apply(options);
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException listing the names
   */
  public static UsageFormat of(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + Arrays.stream(values())
                            .map(UsageFormat::label)
                            .collect(Collectors.joining(", "))));
  }
}
