package io.tokenmeter.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Path2D;

/**
 * The line of a series; where several rows share a point of the picture, from lowest to highest.
 */
public record Trace(String name, Color colour, Envelope values) implements Layer {

  private static final float WIDTH = 1.4f;

  @Override
  public void paint(PlotArea area) {
    Path2D line = new Path2D.Double();
    boolean down = false;
    for (int group = 0; group < values.groups(); group++) {
      double x = area.x(Groups.middle(values, group));
      if (Double.isNaN(values.low(group))) {
        down = false;
        continue;
      }
      if (down) {
        line.lineTo(x, area.y(values.low(group)));
      } else {
        line.moveTo(x, area.y(values.low(group)));
      }
      line.lineTo(x, area.y(values.high(group)));
      down = true;
    }
    area.graphics().setColor(colour);
    area.graphics()
        .setStroke(new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    area.graphics().draw(line);
  }
}
