package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.rollup.Window;

/** How long a limit holds before it begins anew, in the budget's own time zone. */
public enum BudgetPeriod {
  /** A day; its spend is kept by the hour, with seven days of history. */
  DAY(Window.DAY, Window.HOUR, 7),
  /** A calendar month; its spend is kept by the day, with five weeks of history. */
  MONTH(Window.MONTH, Window.DAY, 35);

  static final int MINUTES_PER_DAY = 24 * 60;

  private final Window window;
  private final Window bucket;
  private final int historyDays;

  BudgetPeriod(Window window, Window bucket, int historyDays) {
    this.window = window;
    this.bucket = bucket;
    this.historyDays = historyDays;
  }

  /** The window that is one period. */
  public Window window() {
    return window;
  }

  /** The windows by which spend is kept. */
  public Window bucket() {
    return bucket;
  }

  /** How far before a period's start spend is remembered, to forecast by; minutes. */
  public long historyMinutes() {
    return (long) historyDays * MINUTES_PER_DAY;
  }
}
