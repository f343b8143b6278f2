package io.tokenmeter.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Writes a request in OTLP's JSON as a client would send it in OTLP's binary encoding. */
public final class ProtobufEncoder {

  private ProtobufEncoder() {}

  public static byte[] encode(byte[] json) throws IOException {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (JsonNode resourceSpans : new ObjectMapper().readTree(json).path("resourceSpans")) {
      ResourceSpans.Builder resource = request.addResourceSpansBuilder();
      resource
          .getResourceBuilder()
          .addAllAttributes(attributes(resourceSpans.path("resource").path("attributes")));
      for (JsonNode scopeSpans : resourceSpans.path("scopeSpans")) {
        ScopeSpans.Builder scope = resource.addScopeSpansBuilder();
        scopeSpans.path("spans").forEach(span -> scope.addSpans(span(span)));
      }
    }
    return request.build().toByteArray();
  }

  private static Span span(JsonNode span) {
    Span.Builder builder =
        Span.newBuilder()
            .setTraceId(id(span.path("traceId").asText()))
            .setSpanId(id(span.path("spanId").asText()))
            .setParentSpanId(id(span.path("parentSpanId").asText("")))
            .setName(span.path("name").asText())
            .setStartTimeUnixNano(Long.parseLong(span.path("startTimeUnixNano").asText()))
            .setEndTimeUnixNano(Long.parseLong(span.path("endTimeUnixNano").asText()))
            .setStatus(Status.newBuilder().setCodeValue(span.path("status").path("code").asInt(0)))
            .addAllAttributes(attributes(span.path("attributes")));
    for (JsonNode event : span.path("events")) {
      builder
          .addEventsBuilder()
          .setName(event.path("name").asText())
          .addAllAttributes(attributes(event.path("attributes")));
    }
    return builder.build();
  }

  /** What is no id in the fixture is some other nonsense in binary. */
  private static ByteString id(String text) {
    String hex = text.toLowerCase(Locale.ROOT);
    return hex.matches("([0-9a-f]{2})*")
        ? ByteString.copyFrom(HexFormat.of().parseHex(hex))
        : ByteString.copyFromUtf8(hex);
  }

  private static List<KeyValue> attributes(JsonNode attributes) {
    List<KeyValue> values = new ArrayList<>();
    for (JsonNode attribute : attributes) {
      values.add(
          KeyValue.newBuilder()
              .setKey(attribute.path("key").asText())
              .setValue(value(attribute.path("value")))
              .build());
    }
    return values;
  }

  private static AnyValue value(JsonNode value) {
    AnyValue.Builder builder = AnyValue.newBuilder();
    if (value.has("stringValue")) {
      builder.setStringValue(value.path("stringValue").asText());
    } else if (value.has("intValue")) {
      builder.setIntValue(Long.parseLong(value.path("intValue").asText()));
    } else if (value.has("boolValue")) {
      builder.setBoolValue(value.path("boolValue").asBoolean());
    } else if (value.has("doubleValue")) {
      builder.setDoubleValue(Double.parseDouble(value.path("doubleValue").asText()));
    } else {
      value
          .path("arrayValue")
          .path("values")
          .forEach(element -> builder.getArrayValueBuilder().addValues(value(element)));
    }
    return builder.build();
  }
}
