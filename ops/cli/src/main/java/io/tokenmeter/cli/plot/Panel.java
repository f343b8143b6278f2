package io.tokenmeter.cli.plot;

import java.util.List;

/**
 * One of the stacked parts of a chart, with a vertical axis of its own.
 *
 * @param title what the vertical axis shows
 * @param share of the chart's height, in proportion to the other panels'
 * @param axis its vertical axis
 * @param layers what is drawn, the lowest first
 */
public record Panel(String title, double share, ValueAxis axis, List<Layer> layers) {
  public Panel {
    layers = List.copyOf(layers);
  }
}
