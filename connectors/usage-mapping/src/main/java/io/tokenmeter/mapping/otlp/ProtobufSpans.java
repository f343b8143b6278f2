package io.tokenmeter.mapping.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.event.RejectedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes OTLP's binary encoding: an ExportTraceServiceRequest, or TracesData, which is the same.
 */
final class ProtobufSpans implements SpanDecoder {

  private final MappingOptions options;

  ProtobufSpans(MappingOptions options) {
    this.options = options;
  }

  @Override
  public List<Span> decode(byte[] body) throws RejectedException {
    if (body.length > options.maxBytes()) {
      throw RejectedException.tooLarge(
          "the body has " + body.length + " bytes, more than the allowed " + options.maxBytes());
    }
    try {
      return spans(ExportTraceServiceRequest.parseFrom(body));
    } catch (InvalidProtocolBufferException e) {
      throw RejectedException.undecodable("not an OTLP trace request in protobuf, or cut off");
    }
  }

  private List<Span> spans(ExportTraceServiceRequest request) throws RejectedException {
    List<Span> spans = new ArrayList<>();
    for (int r = 0; r < request.getResourceSpansCount(); r++) {
      ResourceSpans resourceSpans = request.getResourceSpans(r);
      Attributes resource = attributes(resourceSpans.getResource().getAttributesList());
      for (int s = 0; s < resourceSpans.getScopeSpansCount(); s++) {
        ScopeSpans scope = resourceSpans.getScopeSpans(s);
        SpanDecoder.checkCount(spans.size() + scope.getSpansCount(), options.maxItems());
        for (int i = 0; i < scope.getSpansCount(); i++) {
          spans.add(span(SpanDecoder.path(r, s, i), scope.getSpans(i), resource));
        }
      }
    }
    return spans;
  }

  private static Span span(
      String path, io.opentelemetry.proto.trace.v1.Span span, Attributes resource) {
    return new Span(
        path,
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCodeValue() == STATUS_ERROR,
        exception(span),
        attributes(span.getAttributesList()),
        resource);
  }

  private static @Nullable String exception(io.opentelemetry.proto.trace.v1.Span span) {
    return span.getEventsList().stream()
        .filter(event -> event.getName().equals(EXCEPTION))
        .map(event -> attributes(event.getAttributesList()).text("exception.type"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Attributes attributes(List<KeyValue> attributes) {
    Map<String, Object> values = new HashMap<>();
    for (KeyValue attribute : attributes) {
      if (!ContentAttributes.matches(attribute.getKey())) {
        Object value = value(attribute.getValue());
        if (value != null) {
          values.put(attribute.getKey(), value);
        }
      }
    }
    return new Attributes(values);
  }

  private static @Nullable Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> BigDecimal.valueOf(value.getIntValue());
      case BOOL_VALUE -> value.getBoolValue();
      case DOUBLE_VALUE -> AttributeNumbers.ofDouble(value.getDoubleValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .filter(element -> !element.hasArrayValue())
              .map(ProtobufSpans::value)
              .filter(Objects::nonNull)
              .toList();
      default -> null;
    };
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
