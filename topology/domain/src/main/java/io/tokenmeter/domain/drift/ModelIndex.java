package io.tokenmeter.domain.drift;

import java.util.ArrayList;
import java.util.List;

/** Numbers for a subject's models: 16 of them by name, all others together. */
final class ModelIndex {
  /** The number that stands for all models without one of their own. */
  static final int OTHER = 16;

  /** How many numbers there are. */
  static final int SIZE = OTHER + 1;

  private static final String OTHER_MODELS = "other models";
  private static final String FREE = "";

  private final List<String> names = new ArrayList<>();

  /** The number of a model, or -1 if it has none. */
  int find(String model) {
    return names.indexOf(model);
  }

  /** Gives a model a free number; -1 if there is none. */
  int assign(String model) {
    int free = names.indexOf(FREE);
    if (free >= 0) {
      names.set(free, model);
      return free;
    }
    if (names.size() == OTHER) {
      return -1;
    }
    names.add(model);
    return names.size() - 1;
  }

  /** Frees the number of a model. */
  void free(int number) {
    names.set(number, FREE);
  }

  String name(int number) {
    return number == OTHER ? OTHER_MODELS : names.get(number);
  }

  void write(StateWriter out) {
    out.number(names.size());
    names.forEach(out::text);
  }

  static ModelIndex read(StateReader in) {
    ModelIndex index = new ModelIndex();
    for (int left = in.count(OTHER); left > 0; left--) {
      index.names.add(in.text());
    }
    return index;
  }
}
