package io.tokenmeter.cli.plot;

import java.awt.Color;
import org.jspecify.annotations.Nullable;

/** One thing that is drawn in a panel; later layers cover earlier ones. */
public interface Layer {

  /** Paints it. */
  void paint(PlotArea area);

  /** What the legend calls it, null to leave it out. */
  @Nullable String name();

  /** Its colour in the legend. */
  Color colour();
}
