package io.tokenmeter.mapping.otlp;

import io.tokenmeter.mapping.MappedBatch;
import io.tokenmeter.mapping.MappedItem;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.UsageMapping;
import io.tokenmeter.mapping.event.EventCheck;
import io.tokenmeter.mapping.event.RejectedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenTelemetry's GenAI spans in OTLP trace requests. Spans about anything else are counted and
 * otherwise ignored.
 *
 * <p>The trace is the run, spans are its steps. A request to a model is a LEAF; agents, workflows
 * and tools are ROLLUP, and their names go down to the requests below them where the request has
 * both.
 */
public final class Otlp {

  private final MappingOptions options;
  private final SpanDecoder decoder;
  private final SpanMapper mapper;

  private Otlp(MappingOptions options, SpanDecoder decoder) {
    this.options = options;
    this.decoder = decoder;
    this.mapper = new SpanMapper(options);
  }

  /** The mapping of OTLP's binary encoding. */
  public static UsageMapping protobuf(MappingOptions options) {
    return new Otlp(options, new ProtobufSpans(options))::map;
  }

  /** The mapping of OTLP's JSON encoding. */
  public static UsageMapping json(MappingOptions options) {
    return new Otlp(options, new JsonSpans(options))::map;
  }

  private MappedBatch map(byte[] body, Instant receivedAt) {
    try {
      return map(decoder.decode(body), new EventCheck(options.maxSkew(), receivedAt));
    } catch (RejectedException e) {
      return MappedBatch.rejected(e.rejection());
    }
  }

  private MappedBatch map(List<Span> spans, EventCheck check) {
    SpanTree tree = new SpanTree(spans);
    List<MappedItem> items = new ArrayList<>();
    for (Span span : spans) {
      if (tree.role(span) != SpanRole.OTHER) {
        items.add(map(span, tree, check));
      }
    }
    return new MappedBatch(items, spans.size() - items.size());
  }

  private MappedItem map(Span span, SpanTree tree, EventCheck check) {
    try {
      return new MappedItem.Event(span.path(), mapper.map(span, tree).finish(check));
    } catch (RejectedException e) {
      return new MappedItem.Rejected(span.path(), e.rejection());
    }
  }
}
