package io.tokenmeter.streams.cluster;

import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.TokenmeterConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Runs the application from a file of settings until standard input ends. */
final class ApplicationMain {
  private ApplicationMain() {}

  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(args[0]))) {
      settings.load(in);
    }
    TokenmeterApplication application = new TokenmeterApplication(new TokenmeterConfig(settings));
    application.start();
    Thread end = new Thread(() -> closeAtEndOfInput(application), "close-at-end-of-input");
    end.setDaemon(true);
    end.start();
    Throwable failure = application.awaitStop();
    if (failure != null) {
      failure.printStackTrace();
    }
    Runtime.getRuntime().halt(failure == null ? 0 : 1);
  }

  private static void closeAtEndOfInput(TokenmeterApplication application) {
    try {
      while (System.in.read() >= 0) {
        // The parent writes nothing; only the end counts.
      }
    } catch (IOException e) {
      // A broken pipe ends the input as well.
    }
    application.close();
  }
}
