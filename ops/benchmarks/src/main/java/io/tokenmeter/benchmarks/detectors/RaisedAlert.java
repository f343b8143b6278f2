package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.domain.alert.Subject;
import java.util.Set;

/**
 * An alert that somebody would have been called for.
 *
 * @param atMicros when it came, microseconds since the epoch
 * @param subjects all that it names
 * @param sentence what it says
 */
record RaisedAlert(long atMicros, Set<Subject> subjects, String sentence) {}
