package io.tokenmeter.domain.savings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests by one kind of subject and model, and the alternatives for each group of them. */
final class RequestGroups {
  private final Function<ServedRequest, @Nullable String> subject;
  private final Map<RequestGroup.Key, RequestGroup> groups = new TreeMap<>();
  private final Map<RequestGroup.Key, List<Alternative>> alternatives = new TreeMap<>();

  /**
   * No requests yet.
   *
   * @param subject whose a request is; null leaves it out
   */
  RequestGroups(Function<ServedRequest, @Nullable String> subject) {
    this.subject = subject;
  }

  void survey(ServedRequest request) {
    String of = subject.apply(request);
    if (of != null) {
      groups.computeIfAbsent(RequestGroup.Key.of(of, request), RequestGroup::new).add(request);
    }
  }

  Collection<RequestGroup> all() {
    return groups.values();
  }

  /** Groups of at least so many requests. */
  List<RequestGroup> large(int fewest) {
    return groups.values().stream().filter(group -> group.size() >= fewest).toList();
  }

  /** Adds an alternative that its group's requests are to be priced for. */
  void compareWith(Alternative alternative) {
    alternatives
        .computeIfAbsent(alternative.group().key(), key -> new ArrayList<>())
        .add(alternative);
  }

  /** The alternatives of each group that has any. */
  Collection<List<Alternative>> alternatives() {
    return alternatives.values();
  }

  void price(ServedRequest request, Repricer prices) {
    String of = subject.apply(request);
    if (of != null) {
      alternatives
          .getOrDefault(RequestGroup.Key.of(of, request), List.of())
          .forEach(alternative -> alternative.add(request, prices));
    }
  }
}
