package io.tokenmeter.cli.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * Where a layer paints: a rectangle of the picture with its scales.
 *
 * @param graphics paints within the rectangle only
 * @param box the rectangle
 * @param rows how many rows the horizontal axis has
 * @param low value at the lower edge
 * @param high value at the upper edge
 */
public record PlotArea(Graphics2D graphics, Rectangle2D box, long rows, double low, double high) {

  /** Horizontal position of a row, which may be between two. */
  public double x(double row) {
    return box.getX() + box.getWidth() * (rows <= 1 ? 0.5 : row / (rows - 1));
  }

  /** Vertical position of a value. */
  public double y(double value) {
    return box.getMaxY() - box.getHeight() * (value - low) / (high - low);
  }
}
