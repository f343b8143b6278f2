package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.domain.rollup.Dimension.Field;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.UsageSums;
import io.tokenmeter.streams.rollup.ChangedUsage.OfMinute;
import io.tokenmeter.streams.rollup.ChangedUsage.OfModel;
import io.tokenmeter.streams.rollup.ChangedUsage.OfSubject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/**
 * Turns the sums of a write-back into what detectors watch: subjects of one attribute, with their
 * models where a pair with the model is configured.
 *
 * <p>Each usage is in it once: where {@code api_key+model} is configured, its sums stand for those
 * of {@code api_key}. Other pairs are rolled up, but not watched.
 */
final class UsageChanges {
  /** What a dimension of the roll-ups stands for; dimensions that are not watched are not in it. */
  private record Watched(String dimension, boolean isModel) {}

  private final Map<String, Watched> watched = new HashMap<>();

  UsageChanges(List<Dimension> dimensions) {
    for (Dimension dimension : dimensions) {
      if (!dimension.isPair()) {
        boolean isModel = dimension.first().field() == Field.MODEL;
        watched.put(dimension.name(), new Watched(dimension.name(), isModel));
      }
    }
    for (Dimension dimension : dimensions) {
      Dimension.Attribute second = dimension.second();
      if (second != null && second.field() == Field.MODEL) {
        String first = dimension.name().substring(0, dimension.name().lastIndexOf('+'));
        watched.remove(first);
        watched.put(dimension.name(), new Watched(first, false));
      }
    }
  }

  /** What the sums, by subject and minute, add. */
  List<OfSubject> of(Map<Bytes, RollupTotals> sums) {
    Map<Subject, TreeMap<Long, List<OfModel>>> bySubject = new LinkedHashMap<>();
    sums.forEach(
        (key, sum) -> {
          RollupBundle.Subject rolledUp = RollupBundle.subject(WindowKey.subject(key));
          Watched as = watched.get(rolledUp.dimension());
          if (as != null && isUsage(sum)) {
            String model = as.isModel() ? rolledUp.key() : rolledUp.subKey();
            bySubject
                .computeIfAbsent(
                    new Subject(as.dimension(), rolledUp.key()), subject -> new TreeMap<>())
                .computeIfAbsent(WindowKey.start(key), minute -> new ArrayList<>(2))
                .add(new OfModel(model, UsageSums.of(sum)));
          }
        });
    List<OfSubject> subjects = new ArrayList<>(bySubject.size());
    bySubject.forEach((subject, minutes) -> subjects.add(new OfSubject(subject, list(minutes))));
    return subjects;
  }

  /** Sums of closed runs are rolled up with workflows, but nobody has used anything by closing. */
  private static boolean isUsage(RollupTotals sum) {
    return sum.requests != 0 || sum.unpricedRequests != 0 || sum.hasCost();
  }

  private static List<OfMinute> list(TreeMap<Long, List<OfModel>> minutes) {
    List<OfMinute> list = new ArrayList<>(minutes.size());
    minutes.forEach((minute, models) -> list.add(new OfMinute(minute, models)));
    return list;
  }
}
