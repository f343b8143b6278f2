package io.tokenmeter.benchmarks;

import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the JMH benchmarks of this module. */
public final class Microbenchmarks {

  private Microbenchmarks() {}

  /**
   * Runs those whose names match, and prints JMH's own report.
   *
   * @param arguments JMH's own: regular expressions of names, and options such as {@code -f 1}
   * @throws IllegalArgumentException if JMH does not know an option
   * @throws IllegalStateException if a benchmark fails
   */
  public static void run(List<String> arguments) {
    try {
      new Runner(new CommandLineOptions(arguments.toArray(new String[0]))).run();
    } catch (CommandLineOptionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (RunnerException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
