package io.tokenmeter.mapping.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import io.tokenmeter.mapping.json.JsonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes OTLP's JSON encoding: ids in hexadecimal, 64-bit integers as text or numbers, unknown
 * fields ignored (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding).
 */
final class JsonSpans implements SpanDecoder {

  private static final BigDecimal MAX_UNSIGNED =
      new BigDecimal(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));

  private final MappingOptions options;
  private final JsonText json;

  JsonSpans(MappingOptions options) {
    this.options = options;
    this.json = new JsonText(options);
  }

  @Override
  public List<Span> decode(byte[] body) throws RejectedException {
    JsonObject request = JsonObject.of(json.parse(json.decode(body)), "");
    List<Span> spans = new ArrayList<>();
    List<JsonObject> resources = request.objects("resourceSpans");
    for (int r = 0; r < resources.size(); r++) {
      Attributes resource = attributes(resources.get(r).objectOrEmpty("resource"));
      List<JsonObject> scopes = resources.get(r).objects("scopeSpans");
      for (int s = 0; s < scopes.size(); s++) {
        List<JsonObject> read = scopes.get(s).objects("spans");
        SpanDecoder.checkCount(spans.size() + read.size(), options.maxItems());
        for (int i = 0; i < read.size(); i++) {
          spans.add(span(SpanDecoder.path(r, s, i), read.get(i), resource));
        }
      }
    }
    return spans;
  }

  private static Span span(String path, JsonObject span, Attributes resource) {
    JsonObject status = span.objectOrEmpty("status");
    return new Span(
        path,
        id(span, "traceId"),
        id(span, "spanId"),
        id(span, "parentSpanId"),
        String.valueOf(Objects.requireNonNullElse(span.label("name"), "")),
        nanos(span, "startTimeUnixNano"),
        nanos(span, "endTimeUnixNano"),
        isError(Objects.requireNonNullElse(status.label("code"), "")),
        exception(span),
        attributes(span),
        resource);
  }

  /** Codes are numbers in OTLP, but some senders write protobuf's names. */
  private static boolean isError(String code) {
    return code.equals(Integer.toString(STATUS_ERROR)) || code.equals("STATUS_CODE_ERROR");
  }

  private static String id(JsonObject span, String key) {
    return Objects.requireNonNullElse(span.label(key), "").toLowerCase(Locale.ROOT);
  }

  /** 0, as if it were absent, for what is no unsigned 64-bit integer. */
  private static long nanos(JsonObject span, String key) {
    BigDecimal nanos = integer(span.node().path(key));
    return nanos == null || nanos.signum() < 0 || nanos.compareTo(MAX_UNSIGNED) > 0
        ? 0
        : nanos.toBigInteger().longValue();
  }

  private static @Nullable String exception(JsonObject span) {
    return span.objects("events").stream()
        .filter(event -> EXCEPTION.equals(event.label("name")))
        .map(event -> attributes(event).text("exception.type"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Attributes attributes(JsonObject holder) {
    Map<String, Object> values = new HashMap<>();
    for (JsonObject attribute : holder.objects("attributes")) {
      String key = attribute.label("key");
      if (key != null && !ContentAttributes.matches(key)) {
        Object value = value(attribute.node().path("value"));
        if (value != null) {
          values.put(key, value);
        }
      }
    }
    return new Attributes(values);
  }

  private static @Nullable Object value(JsonNode value) {
    if (value.path("stringValue").isTextual()) {
      return value.path("stringValue").textValue();
    }
    if (value.path("boolValue").isBoolean()) {
      return value.path("boolValue").booleanValue();
    }
    if (value.has("intValue")) {
      return integer(value.path("intValue"));
    }
    if (value.has("doubleValue")) {
      return number(value.path("doubleValue"));
    }
    JsonNode array = value.path("arrayValue").path("values");
    return array.isArray() ? elements(array) : null;
  }

  private static List<Object> elements(JsonNode array) {
    List<Object> elements = new ArrayList<>();
    for (JsonNode element : array) {
      Object value = element.has("arrayValue") ? null : value(element);
      if (value != null) {
        elements.add(value);
      }
    }
    return elements;
  }

  private static @Nullable BigDecimal integer(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.decimalValue();
    }
    return value.isTextual() && value.textValue().matches("-?[0-9]{1,20}")
        ? new BigDecimal(value.textValue())
        : null;
  }

  /** What is not finite is text in protobuf's JSON: NaN, Infinity, -Infinity. */
  private static @Nullable Object number(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    return value.isTextual() ? (Object) Double.NaN : null;
  }
}
