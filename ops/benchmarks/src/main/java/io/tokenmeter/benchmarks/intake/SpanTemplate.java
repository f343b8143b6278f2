package io.tokenmeter.benchmarks.intake;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An OTLP request of chat spans, encoded once, in which only the trace id is written anew. */
final class SpanTemplate {
  /** Bytes of a trace id. */
  static final int TRACE_ID_BYTES = 16;

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final byte[] request;
  private final int[] traceIds;

  /** A request of so many spans of one trace. */
  SpanTemplate(int spans) {
    byte[] marker = ByteBuffer.allocate(TRACE_ID_BYTES).putLong(~0L).putLong(~0L).array();
    ExportTraceServiceRequest.Builder builder = ExportTraceServiceRequest.newBuilder();
    ScopeSpans.Builder scope = builder.addResourceSpansBuilder().addScopeSpansBuilder();
    for (int i = 1; i <= spans; i++) {
      scope.addSpans(span(marker, i));
    }
    request = builder.build().toByteArray();
    traceIds = find(marker);
  }

  /** The request with this trace id. */
  byte[] withTraceId(byte[] traceId) {
    byte[] copy = request.clone();
    for (int at : traceIds) {
      System.arraycopy(traceId, 0, copy, at, TRACE_ID_BYTES);
    }
    return copy;
  }

  private int[] find(byte[] marker) {
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + marker.length <= request.length; at++) {
      if (Arrays.equals(request, at, at + marker.length, marker, 0, marker.length)) {
        found.add(at);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Span span(byte[] traceId, int number) {
    long start = Instant.now().getEpochSecond() * SECOND_NANOS;
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(traceId))
        .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(0, number).array()))
        .setName("chat gpt-4o")
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .setStartTimeUnixNano(start)
        .setEndTimeUnixNano(start + SECOND_NANOS)
        .addAttributes(text("gen_ai.operation.name", "chat"))
        .addAttributes(text("gen_ai.provider.name", "openai"))
        .addAttributes(text("gen_ai.request.model", "gpt-4o"))
        .addAttributes(text("gen_ai.response.model", "gpt-4o-2024-08-06"))
        .addAttributes(text("gen_ai.agent.name", "agent-" + number % 10))
        .addAttributes(count("gen_ai.usage.input_tokens", 1000 + number))
        .addAttributes(count("gen_ai.usage.output_tokens", 100 + number))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue count(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
