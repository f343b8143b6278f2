package io.tokenmeter.mapping.otlp;

import org.jspecify.annotations.Nullable;

/**
 * A span as far as usage needs it, whichever encoding it came in.
 *
 * @param path where it stood in the request
 * @param traceId in lower-case hexadecimal; checked by whoever uses it
 * @param spanId likewise
 * @param parentId likewise; empty for a root
 * @param startNanos since 1970, unsigned; 0 if it was not given
 * @param endNanos likewise
 * @param error whether its status is an error
 * @param exception type of an exception recorded on the span
 */
record Span(
    String path,
    String traceId,
    String spanId,
    String parentId,
    String name,
    long startNanos,
    long endNanos,
    boolean error,
    @Nullable String exception,
    Attributes attributes,
    Attributes resource) {}
