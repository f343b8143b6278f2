package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.csv.CsvColumns;
import io.tokenmeter.cli.csv.CsvFile;
import io.tokenmeter.cli.csv.CsvRow;
import io.tokenmeter.domain.drivers.Dollars;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;

/**
 * What a row says of one model.
 *
 * @param timestamp as it was written
 * @param millis the same, milliseconds since the epoch
 */
record ModelRow(String timestamp, long millis, String model, UsageSums sums) {
  private static final int MODEL = 1;
  private static final int REQUESTS = 2;
  private static final int COST = 3;

  /**
   * Reads a row.
   *
   * @param costs whether there is a column of costs
   * @throws io.tokenmeter.cli.CommandFailedException naming the line and what is wrong with it
   */
  static ModelRow of(CsvFile file, CsvColumns columns, CsvRow row, boolean costs) {
    String model = row.text(columns.position(MODEL));
    if (model.isEmpty()) {
      throw file.failure(row, "the model is missing");
    }
    double requests = amount(file, row, columns.number(file, row, REQUESTS), "requests");
    double cost = costs ? amount(file, row, columns.number(file, row, COST), "cost_usd") : 0;
    Money dollars = Dollars.money(cost);
    UsageSums sums =
        new UsageSums(
            Math.round(requests),
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Money.ZERO,
            Money.ZERO,
            Money.ZERO,
            Money.ZERO,
            dollars);
    return new ModelRow(
        row.raw(columns.position(0)).strip(), columns.millis(file, row), model, sums);
  }

  /** A missing one is none. */
  private static double amount(CsvFile file, CsvRow row, double number, String column) {
    if (number < 0) {
      throw file.failure(row, column + " is negative");
    }
    return Double.isNaN(number) ? 0 : number;
  }
}
