package io.tokenmeter.domain.anomaly;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The models of a subject: eight by name, the others together.
 *
 * <p>A model is known by its slot; a slot becomes free when its model is no longer used.
 */
final class ModelSlots {
  /** The slot of all models that have none of their own. */
  static final int OTHER = 8;

  /** Slots in all. */
  static final int COUNT = OTHER + 1;

  private static final int LONGEST = 100;
  private static final String UNKNOWN = "";
  private static final String OTHERS = "other models";

  private final @Nullable String[] names = new String[OTHER];

  /** The slot of a model, a free one if it is new; null stands for usage of unknown models. */
  int slot(@Nullable String model) {
    String name = model == null ? UNKNOWN : model.substring(0, Math.min(LONGEST, model.length()));
    int free = OTHER;
    for (int slot = OTHER - 1; slot >= 0; slot--) {
      if (name.equals(names[slot])) {
        return slot;
      }
      free = names[slot] == null ? slot : free;
    }
    if (free < OTHER) {
      names[free] = name;
    }
    return free;
  }

  /** Whether the subject's usage comes with its models' names. */
  boolean areKnown() {
    return !UNKNOWN.equals(names[0]);
  }

  String name(int slot) {
    String name = slot == OTHER ? OTHERS : names[slot];
    return name == null ? OTHERS : name;
  }

  boolean isFull() {
    return Arrays.stream(names).noneMatch(name -> name == null);
  }

  void free(int slot) {
    names[slot] = null;
  }

  void write(StateWriter out) {
    for (String name : names) {
      out.whole(name == null ? 0 : 1);
      if (name != null) {
        out.text(name);
      }
    }
  }

  static ModelSlots read(StateReader in) {
    ModelSlots slots = new ModelSlots();
    for (int slot = 0; slot < OTHER; slot++) {
      slots.names[slot] = in.count(1) == 1 ? in.text() : null;
    }
    return slots;
  }
}
