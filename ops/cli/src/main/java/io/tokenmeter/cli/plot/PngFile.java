package io.tokenmeter.cli.plot;

import io.tokenmeter.cli.CommandFailedException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes charts as PNG. */
public final class PngFile {

  /** Pixels across, unless something else is asked for. */
  public static final int WIDTH = 1600;

  /** Pixels from top to bottom. */
  public static final int HEIGHT = 800;

  private PngFile() {}

  /**
   * Draws a chart into a file, over what is there.
   *
   * @throws CommandFailedException if the machine has no fonts
   * @throws IOException if the file cannot be written
   */
  public static void write(Chart chart, Path file) throws IOException {
    BufferedImage image = draw(chart);
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(image, "png", out);
    }
  }

  /** Java's own error where a slim image has no fonts says nothing of fonts. */
  private static BufferedImage draw(Chart chart) {
    System.setProperty("java.awt.headless", "true");
    try {
      return chart.draw(WIDTH, HEIGHT);
    } catch (LinkageError | InternalError | NullPointerException e) {
      throw new CommandFailedException(
          "no plot can be drawn without fonts; install fontconfig and a font, such as the Debian"
              + " packages fontconfig and fonts-dejavu-core, or leave out --plot",
          e);
    }
  }
}
