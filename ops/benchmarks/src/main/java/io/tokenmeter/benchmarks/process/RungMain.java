package io.tokenmeter.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.benchmarks.rungs.IdiomaticDsl;
import io.tokenmeter.benchmarks.rungs.LightDsl;
import io.tokenmeter.benchmarks.rungs.PlainConsumer;
import io.tokenmeter.benchmarks.rungs.RungApplication;
import io.tokenmeter.benchmarks.rungs.TokenmeterRung;
import io.tokenmeter.benchmarks.rungs.TransactionalCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** Main of a rung's process: runs one rung once, and writes what it measured into a file. */
public final class RungMain {
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private RungMain() {}

  /** Arguments: the file with the {@link RungRequest}, and the file for the {@link RungResult}. */
  public static void main(String[] args) throws Exception {
    ParentWatch.start();
    ObjectMapper json = new ObjectMapper();
    RungRequest request = json.readValue(Path.of(args[0]).toFile(), RungRequest.class);
    RungResult result = run(request);
    json.writeValue(Path.of(args[1]).toFile(), result);
    // Whatever thread a library has left behind must not keep the bench waiting.
    System.exit(0);
  }

  private static RungResult run(RungRequest request) throws Exception {
    RungApplication application = applicationFor(request);
    try (ProgressSampler sampler = new ProgressSampler(request, application.groupId())) {
      long started = System.nanoTime();
      try (application) {
        application.start();
        follow(request, application, sampler);
      }
      return SteadyState.of(sampler.samples(), request, started, application.checkTotals());
    }
  }

  private static void follow(
      RungRequest request, RungApplication application, ProgressSampler sampler) throws Exception {
    Quiet quiet = new Quiet(sampler.take());
    long deadline = System.nanoTime() + LONGEST.toNanos();
    Recording recording = null;
    while (System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(ProgressSampler.INTERVAL.toMillis());
      boolean finished = application.finished();
      Sample sample = sampler.take();
      if (recording == null && warm(request, sample)) {
        recording = startProfile(request);
      }
      boolean done = quiet.after(sample) && sampler.inputDone();
      if (finished || done) {
        stopProfile(request, recording);
        return;
      }
    }
    throw new IllegalStateException(
        request.rung().id() + " was not done after " + LONGEST.toMinutes() + " minutes");
  }

  private static boolean warm(RungRequest request, Sample sample) {
    return sample.inputCommitted() >= request.warmUpShare() * request.prefix().events();
  }

  private static @Nullable Recording startProfile(RungRequest request) throws Exception {
    if (request.profileFile() == null) {
      return null;
    }
    Recording recording = new Recording(Configuration.getConfiguration("profile"));
    recording.start();
    return recording;
  }

  private static void stopProfile(RungRequest request, @Nullable Recording recording)
      throws IOException {
    if (recording != null && request.profileFile() != null) {
      recording.stop();
      recording.dump(Path.of(request.profileFile()));
      recording.close();
    }
  }

  private static RungApplication applicationFor(RungRequest request) {
    return switch (request.rung()) {
      case PLAIN_CONSUMER -> new PlainConsumer(request);
      case TRANSACTIONAL_COPY -> new TransactionalCopy(request);
      case IDIOMATIC_DSL -> new IdiomaticDsl(request);
      case LIGHT_DSL -> new LightDsl(request);
      case TOKENMETER_UNWATCHED -> new TokenmeterRung(request, false);
      case TOKENMETER -> new TokenmeterRung(request, true);
    };
  }
}
