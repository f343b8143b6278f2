package io.tokenmeter.mapping.otlp;

import io.tokenmeter.mapping.event.RejectedException;
import java.util.List;

/** Decodes an OTLP trace request in one of its encodings. */
@FunctionalInterface
interface SpanDecoder {

  /** OTLP's code of the status Error. */
  int STATUS_ERROR = 2;

  /** Name of the event that records an exception, by OpenTelemetry's semantic conventions. */
  String EXCEPTION = "exception";

  /**
   * All spans of the request, in its order.
   *
   * @throws RejectedException if it is not a trace request, or holds more than allowed
   */
  List<Span> decode(byte[] body) throws RejectedException;

  /** Stops at the first span that is one too many. */
  static void checkCount(int spans, int maxItems) throws RejectedException {
    if (spans > maxItems) {
      throw RejectedException.tooLarge(
          "the request has more than the allowed " + maxItems + " spans");
    }
  }

  /** The path of a span, in the names of OTLP's JSON. */
  static String path(int resource, int scope, int span) {
    return "resourceSpans[" + resource + "].scopeSpans[" + scope + "].spans[" + span + "]";
  }
}
