package io.tokenmeter.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;

/** A dashed line at one value, such as a threshold. */
public record Level(String name, Color colour, double value) implements Layer {

  @Override
  public void paint(PlotArea area) {
    area.graphics().setColor(colour);
    area.graphics()
        .setStroke(
            new BasicStroke(
                1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0));
    double y = area.y(value);
    area.graphics().draw(new Line2D.Double(area.box().getX(), y, area.box().getMaxX(), y));
  }
}
