package io.tokenmeter.benchmarks.intake;

import io.tokenmeter.intake.IntakeService;
import io.tokenmeter.intake.config.IntakeConfig;
import java.util.HashMap;
import java.util.Map;

/** Main of the intake's process: prints its address, and ends when standard input does. */
final class IntakeMain {
  private IntakeMain() {}

  /** Arguments: settings as KEY=VALUE. */
  public static void main(String[] args) throws Exception {
    Map<String, String> settings = new HashMap<>();
    for (String setting : args) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    try (IntakeService intake = IntakeService.start(new IntakeConfig(settings))) {
      System.out.println(intake.url());
      while (System.in.read() >= 0) {
        // Only the end counts.
      }
    }
    System.exit(0);
  }
}
