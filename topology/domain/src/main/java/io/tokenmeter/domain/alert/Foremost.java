package io.tokenmeter.domain.alert;

import java.util.Comparator;
import java.util.List;

/** The order of an incident's subjects: the one that a person would look for comes first. */
final class Foremost {
  private static final Comparator<Member> NARROWEST = Comparator.comparingInt(Member::rank);

  /** Who runs what has fallen silent, from those with most in them on; others are in the middle. */
  private static final List<String> PRODUCERS =
      List.of("team", "project", "customer", "workflow", "", "model", "api_key");

  private static final Comparator<Member> LARGEST_PRODUCER =
      Comparator.comparingInt(Foremost::producer);

  private Foremost() {}

  /**
   * The narrowest subject says most. Of a price it is the model whose price it is; of several keys
   * that fall silent together it is what they have in common, the model last, which only serves.
   */
  static Comparator<Member> of(List<Member> members) {
    if (members.stream().anyMatch(member -> member.isModel() && member.isPriceChange())) {
      return NARROWEST.reversed();
    }
    boolean silence = members.get(0).began.detector() == Detector.INGEST_SILENCE;
    return silence && keys(members) != 1 ? LARGEST_PRODUCER : NARROWEST;
  }

  private static long keys(List<Member> members) {
    return members.stream()
        .filter(member -> member.rank() == 0)
        .map(Member::subject)
        .distinct()
        .count();
  }

  private static int producer(Member member) {
    int place = PRODUCERS.indexOf(member.subject().dimension());
    return place >= 0 ? place : PRODUCERS.indexOf("");
  }
}
