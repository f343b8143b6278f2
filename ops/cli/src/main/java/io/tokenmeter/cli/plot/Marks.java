package io.tokenmeter.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;

/**
 * Points that stand out: a dot at each row that has a value, on a thin line from top to bottom so
 * that it is found from afar.
 */
public record Marks(String name, Color colour, Envelope values) implements Layer {

  private static final double RADIUS = 3.5;
  private static final int FAINT = 70;

  @Override
  public void paint(PlotArea area) {
    Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT);
    area.graphics().setStroke(new BasicStroke(1.2f));
    for (int group = 0; group < values.groups(); group++) {
      if (!Double.isNaN(values.high(group))) {
        double x = area.x(Groups.middle(values, group));
        area.graphics().setColor(faint);
        area.graphics().draw(new Line2D.Double(x, area.box().getY(), x, area.box().getMaxY()));
        area.graphics().setColor(colour);
        dot(area, x, area.y(values.high(group)));
      }
    }
  }

  private static void dot(PlotArea area, double x, double y) {
    area.graphics().fill(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
  }
}
