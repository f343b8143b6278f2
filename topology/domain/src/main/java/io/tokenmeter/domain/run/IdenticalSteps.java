package io.tokenmeter.domain.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often the most repeated step of a run came: the same name, agent, model and number of input
 * tokens.
 *
 * <p>Exact for up to {@value #BOUND} different steps. Beyond, these are the counters of Misra and
 * Gries ("Finding repeated elements", 1982): never more than the truth, and less by at most one in
 * {@value #BOUND} of all steps, so that a loop is still found and nothing is called one that is
 * not.
 */
final class IdenticalSteps {
  private static final int BOUND = 32;

  private long[] keys = new long[8];
  private int[] counts = new int[8];
  private int size;

  void add(RunStep step) {
    long key = key(step);
    for (int i = 0; i < size; i++) {
      if (keys[i] == key) {
        counts[i]++;
        return;
      }
    }
    if (size == BOUND) {
      takeOneFromEach();
      return;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    keys[size] = key;
    counts[size++] = 1;
  }

  private void takeOneFromEach() {
    int left = 0;
    for (int i = 0; i < size; i++) {
      if (counts[i] > 1) {
        keys[left] = keys[i];
        counts[left++] = counts[i] - 1;
      }
    }
    size = left;
  }

  private static long key(RunStep step) {
    long hash = mix(hash(step.stepName()), hash(step.agent()));
    return mix(mix(hash, hash(step.model())), step.inputTokens());
  }

  private static int hash(@Nullable String text) {
    return text == null ? 0 : text.hashCode();
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }

  /** Repetitions of the most repeated step; 1 if none was repeated. */
  long most() {
    int most = 0;
    for (int i = 0; i < size; i++) {
      most = Math.max(most, counts[i]);
    }
    return most;
  }

  void encode(StateWriter out) {
    out.number(size);
    for (int i = 0; i < size; i++) {
      out.hash(keys[i]).number(counts[i]);
    }
  }

  static IdenticalSteps decode(StateReader in) {
    IdenticalSteps steps = new IdenticalSteps();
    steps.size = in.count();
    steps.keys = new long[Math.max(8, steps.size)];
    steps.counts = new int[steps.keys.length];
    for (int i = 0; i < steps.size; i++) {
      steps.keys[i] = in.hash();
      steps.counts[i] = in.count();
    }
    return steps;
  }
}
