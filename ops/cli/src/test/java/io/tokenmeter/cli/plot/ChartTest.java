package io.tokenmeter.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {

  private static final Color LINE = new Color(0, 0, 200);
  private static final Color BAND = new Color(200, 255, 200);
  private static final Color MARK = new Color(200, 0, 0);

  @BeforeAll
  static void withoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void layers_areWhereTheirValuesAre(@TempDir Path directory) throws Exception {
    RowTimes times = new RowTimes();
    Envelope values = new Envelope();
    Envelope lower = new Envelope();
    Envelope upper = new Envelope();
    Envelope marks = new Envelope();
    for (int row = 0; row < 101; row++) {
      times.add(row * 60_000L);
      values.add(50);
      lower.add(20);
      upper.add(40);
      marks.add(row == 50 ? 80 : Double.NaN);
    }
    List<Layer> layers =
        List.of(
            new Band("band", BAND, lower, upper),
            new Trace("line", LINE, values),
            new Marks("mark", MARK, marks));
    Chart chart =
        new Chart("t", "s", times, List.of(new Panel("p", 1, new ValueAxis(0, 100), layers)));
    Path file = directory.resolve("chart.png");

    PngFile.write(chart, file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1600);
    assertThat(image.getHeight()).isEqualTo(800);
    // The panel is from 76 to 1576 and, downwards, from 94 to 760.
    assertThat(at(image, 400, 30)).isEqualTo(BAND);
    assertThat(at(image, 400, 50).getRed()).as("a line, with soft edges, on white").isLessThan(100);
    assertThat(at(image, 826, 80)).isEqualTo(MARK);
    assertThat(at(image, 400, 15)).isEqualTo(Color.WHITE);
  }

  @Test
  void emptyChart_isDrawn() {
    Chart chart =
        new Chart(
            "t",
            "s",
            new RowTimes(),
            List.of(
                new Panel(
                    "p",
                    1,
                    ValueAxis.around(Double.NaN, Double.NaN),
                    List.of(new Trace("line", LINE, new Envelope())))));

    assertThat(chart.draw(400, 300).getWidth()).isEqualTo(400);
  }

  private static Color at(BufferedImage image, int x, double value) {
    return new Color(image.getRGB(x, (int) Math.round(760 - 666 * value / 100)));
  }
}
