package io.tokenmeter.domain.rollup;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a roll-up's key names: an attribute of the event, or a pair of them.
 *
 * @param name as configured and as written to the roll-ups, such as {@code model}, {@code tag:env}
 *     or {@code api_key+model}
 * @param first the attribute, or a pair's first part, by which pairs are partitioned
 * @param second a pair's second part
 */
public record Dimension(String name, Attribute first, @Nullable Attribute second) {
  /** The dimensions that are kept where the configuration does not say otherwise. */
  public static final List<String> DEFAULTS =
      List.of(
          "model",
          "api_key",
          "workflow",
          "project",
          "team",
          "customer",
          "api_key+model",
          "workflow+model");

  /** Fields of an event that a dimension can be made of. */
  public enum Field {
    /** Model as served. */
    MODEL,
    /** Alias or hash of the API key. */
    API_KEY,
    /** Workflow. */
    WORKFLOW,
    /** Project. */
    PROJECT,
    /** Team. */
    TEAM,
    /** Customer. */
    CUSTOMER,
    /** Provider. */
    PROVIDER,
    /** Deployment environment. */
    ENVIRONMENT,
    /** End user. */
    USER,
    /** Region. */
    REGION,
    /** Agent. */
    AGENT,
    /** Service tier as served. */
    SERVICE_TIER,
    /** Operation. */
    OPERATION,
    /** A tag. */
    TAG
  }

  /**
   * One attribute of an event.
   *
   * @param field the field
   * @param tag the tag's name, for {@link Field#TAG}
   */
  public record Attribute(Field field, @Nullable String tag) {
    /** A hash that is the same in every process, unlike an enum's own. */
    public int stableHash() {
      return 31 * field.name().hashCode() + (tag == null ? 0 : tag.hashCode());
    }
  }

  /**
   * Reads a dimension as it is written in the configuration.
   *
   * @throws IllegalArgumentException naming the part that is not known
   */
  public static Dimension parse(String text) {
    String[] parts = text.trim().split("\\+", -1);
    if (parts.length > 2) {
      throw new IllegalArgumentException(
          "dimension '" + text + "' has more than two parts; use NAME or NAME+NAME");
    }
    return new Dimension(
        text.trim(),
        attribute(parts[0], text),
        parts.length == 2 ? attribute(parts[1], text) : null);
  }

  /** Whether keys have two parts. */
  public boolean isPair() {
    return second != null;
  }

  private static Attribute attribute(String part, String dimension) {
    if (part.startsWith("tag:") && part.length() > 4) {
      return new Attribute(Field.TAG, part.substring(4));
    }
    return Arrays.stream(Field.values())
        .filter(field -> field != Field.TAG && field.name().toLowerCase(Locale.ROOT).equals(part))
        .findFirst()
        .map(field -> new Attribute(field, null))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown part '"
                        + part
                        + "' in dimension '"
                        + dimension
                        + "'; known are "
                        + known()));
  }

  private static String known() {
    return String.join(
        ", ",
        Arrays.stream(Field.values())
            .map(field -> field == Field.TAG ? "tag:NAME" : field.name().toLowerCase(Locale.ROOT))
            .toList());
  }
}
