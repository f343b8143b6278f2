package io.tokenmeter.mapping.otlp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one request with their parents, as far as the request has them, and their roles.
 *
 * <p>A request to a model is made of no other such request. Where one span of a kind contains
 * another with no agent or tool between them, two instrumentations watched the same request (a
 * framework's and the client library's): the outer one repeats the inner one's usage and is
 * structure.
 */
final class SpanTree {

  /**
   * Deeper nesting is nobody's agent, and would make the work grow with the square of the spans.
   */
  private static final int MAX_DEPTH = 100;

  private final Map<String, Span> byId = new HashMap<>();
  private final IdentityHashMap<Span, SpanRole> roles = new IdentityHashMap<>();

  SpanTree(List<Span> spans) {
    for (Span span : spans) {
      byId.putIfAbsent(span.traceId() + span.spanId(), span);
      roles.put(span, SpanRole.of(span.attributes()));
    }
    List<Span> repeating = new ArrayList<>();
    for (Span span : spans) {
      if (role(span) == SpanRole.REQUEST && TokenAttributes.anyIn(span.attributes())) {
        addRepeating(span, repeating);
      }
    }
    repeating.forEach(span -> roles.put(span, SpanRole.STRUCTURE));
  }

  SpanRole role(Span span) {
    return roles.getOrDefault(span, SpanRole.OTHER);
  }

  /**
   * Parent, its parent and so on, nearest first; ends where the request has no more, where the
   * spans go in circles, and after 100.
   */
  List<Span> ancestors(Span span) {
    List<Span> ancestors = new ArrayList<>();
    Set<Span> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(span);
    Span parent = parent(span);
    while (parent != null && ancestors.size() < MAX_DEPTH && seen.add(parent)) {
      ancestors.add(parent);
      parent = parent(parent);
    }
    return ancestors;
  }

  /**
   * The id of the nearest span above that becomes an event; of the parent, if the request does not
   * have it; or null for a root.
   */
  @Nullable String parentStep(Span span) {
    Span last = span;
    for (Span ancestor : ancestors(span)) {
      if (role(ancestor) != SpanRole.OTHER) {
        return ancestor.spanId();
      }
      last = ancestor;
    }
    return last.parentId().isEmpty() || byId.containsKey(last.traceId() + last.parentId())
        ? null
        : last.parentId();
  }

  private void addRepeating(Span inner, List<Span> repeating) {
    for (Span outer : ancestors(inner)) {
      if (role(outer) == SpanRole.STRUCTURE) {
        return;
      }
      if (role(outer) == SpanRole.REQUEST && isEmbedding(outer) == isEmbedding(inner)) {
        repeating.add(outer);
      }
    }
  }

  private static boolean isEmbedding(Span span) {
    String operation = SpanRole.operation(span.attributes());
    return "embeddings".equals(operation);
  }

  private @Nullable Span parent(Span span) {
    return span.parentId().isEmpty() ? null : byId.get(span.traceId() + span.parentId());
  }
}
