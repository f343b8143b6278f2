package io.tokenmeter.cli.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;

/** Columns from zero to the highest value of each group of rows. */
public record Filled(String name, Color colour, Envelope values) implements Layer {

  @Override
  public void paint(PlotArea area) {
    area.graphics().setColor(colour);
    double width = Math.max(1, area.x(values.rowsPerGroup()) - area.x(0));
    for (int group = 0; group < values.groups(); group++) {
      double high = values.high(group);
      if (high > 0) {
        double x = area.x(Groups.middle(values, group)) - width / 2;
        double y = area.y(high);
        area.graphics().fill(new Rectangle2D.Double(x, y, width, area.y(0) - y));
      }
    }
  }
}
