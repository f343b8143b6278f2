package io.tokenmeter.cli.demo;

import java.util.Random;

/** Ids that look like those of real systems and are the same for the same seed. */
final class Ids {

  private Ids() {}

  static String next(String prefix, Random random) {
    return "%s_%016x%08x".formatted(prefix, random.nextLong(), random.nextInt());
  }
}
