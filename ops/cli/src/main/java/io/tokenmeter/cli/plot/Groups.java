package io.tokenmeter.cli.plot;

/** Where the groups of an envelope lie on the axis of rows. */
final class Groups {

  private Groups() {}

  /** The row in the middle of a group; the last group may have fewer rows than the others. */
  static double middle(Envelope values, int group) {
    long first = (long) group * values.rowsPerGroup();
    long last = Math.min(first + values.rowsPerGroup(), values.rows()) - 1;
    return (first + last) / 2.0;
  }
}
