package io.tokenmeter.benchmarks.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tokenmeter.mapping.MappedBatch;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.otlp.Otlp;
import io.tokenmeter.schemas.UsageEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTemplateTest {
  private static final byte[] TRACE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

  @Test
  void request_hasTheTraceIdInEverySpan() throws Exception {
    byte[] body = new SpanTemplate(3).withTraceId(TRACE);

    List<Span> spans =
        ExportTraceServiceRequest.parseFrom(body)
            .getResourceSpans(0)
            .getScopeSpans(0)
            .getSpansList();
    assertThat(spans).hasSize(3);
    assertThat(spans).allSatisfy(s -> assertThat(s.getTraceId().toByteArray()).isEqualTo(TRACE));
  }

  @Test
  void request_mapsToOneEventASpan_inTheRunOfItsTrace() {
    byte[] body = new SpanTemplate(3).withTraceId(TRACE);

    MappedBatch batch = Otlp.protobuf(MappingOptions.DEFAULT).map(body, Instant.now());

    assertThat(batch.rejections()).isEmpty();
    assertThat(batch.events())
        .hasSize(3)
        .extracting(UsageEvent::getRunId)
        .containsOnly("0102030405060708090a0b0c0d0e0f10");
  }
}
