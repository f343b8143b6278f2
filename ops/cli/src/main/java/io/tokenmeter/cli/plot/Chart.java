package io.tokenmeter.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A chart of stacked panels over one axis of time.
 *
 * @param title the largest text
 * @param subtitle what a reader wants to know next
 * @param times labels of the horizontal axis
 * @param panels from top to bottom
 */
public record Chart(String title, String subtitle, RowTimes times, List<Panel> panels) {

  private static final int LEFT = 76;
  private static final int RIGHT = 24;
  private static final int TOP = 94;
  private static final int BOTTOM = 40;
  private static final int BETWEEN = 34;
  private static final int TICK_WIDTH = 110;
  private static final int TICK_HEIGHT = 56;

  private static final Color INK = new Color(0x1f2933);
  private static final Color GREY = new Color(0x6b7785);
  private static final Color GRID = new Color(0xe6eaee);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  public Chart {
    panels = List.copyOf(panels);
  }

  /** The picture, pixels. */
  public BufferedImage draw(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      paint(graphics, width, height);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private void paint(Graphics2D graphics, int width, int height) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    text(graphics, TITLE, INK, title, LEFT, 32);
    text(graphics, TEXT, GREY, subtitle, LEFT, 54);
    double shares = panels.stream().mapToDouble(Panel::share).sum();
    double room = height - TOP - BOTTOM - (double) BETWEEN * (panels.size() - 1);
    double y = TOP;
    for (int i = 0; i < panels.size(); i++) {
      double tall = room * panels.get(i).share() / shares;
      Rectangle2D box = new Rectangle2D.Double(LEFT, y, width - LEFT - RIGHT, tall);
      paint(graphics, panels.get(i), box, i == panels.size() - 1);
      y += tall + BETWEEN;
    }
  }

  private void paint(Graphics2D graphics, Panel panel, Rectangle2D box, boolean lowest) {
    ValueAxis axis = panel.axis();
    PlotArea area = new PlotArea(graphics, box, times.rows(), axis.low(), axis.high());
    valueGrid(area, axis);
    timeGrid(area, lowest);
    text(graphics, TEXT, INK, panel.title(), box.getX(), box.getY() - 8);
    legend(graphics, panel.layers(), box);
    graphics.setClip(box);
    panel.layers().forEach(layer -> layer.paint(area));
    graphics.setClip(null);
    graphics.setColor(GREY);
    graphics.setStroke(new BasicStroke(1));
    line(graphics, box.getX(), box.getMaxY(), box.getMaxX(), box.getMaxY());
  }

  private static void valueGrid(PlotArea area, ValueAxis axis) {
    Graphics2D graphics = area.graphics();
    int about = (int) Math.max(2, area.box().getHeight() / TICK_HEIGHT);
    for (ValueAxis.Tick tick : axis.ticks(about)) {
      double y = area.y(tick.value());
      grid(graphics, area.box().getX(), y, area.box().getMaxX(), y);
      graphics.setFont(SMALL);
      int wide = graphics.getFontMetrics().stringWidth(tick.label());
      text(graphics, SMALL, GREY, tick.label(), area.box().getX() - 8 - wide, y + 4);
    }
  }

  private void timeGrid(PlotArea area, boolean labelled) {
    Graphics2D graphics = area.graphics();
    Rectangle2D box = area.box();
    int most = (int) Math.max(2, box.getWidth() / TICK_WIDTH);
    for (TimeTicks.Tick tick : TimeTicks.of(times, most)) {
      double x = area.x(tick.row());
      grid(graphics, x, box.getY(), x, box.getMaxY());
      graphics.setFont(SMALL);
      double half = graphics.getFontMetrics().stringWidth(tick.label()) / 2.0;
      if (labelled && x + half <= box.getMaxX() + RIGHT) {
        text(graphics, SMALL, GREY, tick.label(), x - half, box.getMaxY() + 20);
      }
    }
  }

  /** Right-aligned above the panel, in the order of the layers. */
  private static void legend(Graphics2D graphics, List<Layer> layers, Rectangle2D box) {
    graphics.setFont(SMALL);
    FontMetrics metrics = graphics.getFontMetrics();
    double x = box.getMaxX();
    for (int i = layers.size() - 1; i >= 0; i--) {
      String name = layers.get(i).name();
      if (name != null) {
        x -= metrics.stringWidth(name);
        text(graphics, SMALL, INK, name, x, box.getY() - 8);
        x -= 16;
        graphics.setColor(layers.get(i).colour());
        graphics.fill(new Rectangle2D.Double(x, box.getY() - 17, 10, 10));
        x -= 18;
      }
    }
  }

  private static void grid(Graphics2D graphics, double x1, double y1, double x2, double y2) {
    graphics.setColor(GRID);
    graphics.setStroke(new BasicStroke(1));
    line(graphics, x1, y1, x2, y2);
  }

  private static void line(Graphics2D graphics, double x1, double y1, double x2, double y2) {
    graphics.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  private static void text(
      Graphics2D graphics, Font font, Color colour, String text, double x, double y) {
    graphics.setFont(font);
    graphics.setColor(colour);
    graphics.drawString(text, (float) x, (float) y);
  }
}
