package io.tokenmeter.cli.plot;

/**
 * When the rows of a series were, in bounded memory: the time at which each group of an {@link
 * Envelope} begins. The horizontal axis counts rows and this labels it, so that a time that repeats
 * or steps back does no harm.
 */
public final class RowTimes {

  private final long[] starts = new long[Envelope.GROUPS];
  private long rows;
  private int rowsPerGroup = 1;
  private long last;

  /** Times of no rows. */
  public RowTimes() {}

  /** Adds the next row. */
  public void add(long millis) {
    if (rows == (long) Envelope.GROUPS * rowsPerGroup) {
      for (int group = 0; group < Envelope.GROUPS / 2; group++) {
        starts[group] = starts[2 * group];
      }
      rowsPerGroup *= 2;
    }
    if (rows % rowsPerGroup == 0) {
      starts[(int) (rows / rowsPerGroup)] = millis;
    }
    last = millis;
    rows++;
  }

  /** How many rows were added. */
  public long rows() {
    return rows;
  }

  int groups() {
    return (int) ((rows + rowsPerGroup - 1) / rowsPerGroup);
  }

  int rowsPerGroup() {
    return rowsPerGroup;
  }

  /** When a group begins, milliseconds since the epoch. */
  long start(int group) {
    return starts[group];
  }

  /** From the first row to the last, milliseconds; 0 where time steps back. */
  long spanMillis() {
    return rows == 0 ? 0 : Math.max(0, last - starts[0]);
  }
}
