package io.tokenmeter.cli.cluster;

/** Metrics in Prometheus' text format, read for a single figure. */
final class PrometheusText {

  private PrometheusText() {}

  /** The sum of a metric over all its tags; 0 if it is not there. */
  static long sum(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .filter(
            line -> line.length() > name.length() && " {".indexOf(line.charAt(name.length())) >= 0)
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
