package io.tokenmeter.cli.plot;

import java.awt.Color;
import java.awt.geom.Path2D;

/** The area between two series, such as what is normal. */
public record Band(String name, Color colour, Envelope lower, Envelope upper) implements Layer {

  @Override
  public void paint(PlotArea area) {
    area.graphics().setColor(colour);
    int group = 0;
    while (group < lower.groups()) {
      int end = group;
      while (end < lower.groups() && !Double.isNaN(lower.low(end))) {
        end++;
      }
      if (end > group) {
        area.graphics().fill(outline(area, group, end));
      }
      group = end + 1;
    }
  }

  private Path2D outline(PlotArea area, int from, int to) {
    Path2D outline = new Path2D.Double();
    outline.moveTo(area.x(Groups.middle(lower, from)), area.y(lower.low(from)));
    for (int group = from; group < to; group++) {
      outline.lineTo(area.x(Groups.middle(lower, group)), area.y(lower.low(group)));
    }
    for (int group = to - 1; group >= from; group--) {
      outline.lineTo(area.x(Groups.middle(upper, group)), area.y(upper.high(group)));
    }
    outline.closePath();
    return outline;
  }
}
