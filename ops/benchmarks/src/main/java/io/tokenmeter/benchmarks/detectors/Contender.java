package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.domain.alert.Finding;
import java.util.List;

/** Something that watches spend: Tokenmeter's detectors, or a rule to compare them with. */
interface Contender {
  /**
   * Takes a tick in, and says what begins and what has ended at its end.
   *
   * @param tick the next one in time
   */
  List<Finding> watch(SubjectTick tick);
}
