package io.tokenmeter.benchmarks.process;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The broker, and where a rung needs it the schema registry, in processes of their own. */
public final class BrokerProcess implements AutoCloseable {
  private static final List<String> JVM_OPTIONS = List.of("-Xms1g", "-Xmx1g");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path log;
  private final BufferedReader answers;
  private final BufferedWriter questions;
  private final BrokerAddresses addresses;

  private BrokerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
    addresses = read(new TypeReference<BrokerAddresses>() {});
  }

  /** Starts it, with its data below {@code directory}, and returns when it serves clients. */
  public static BrokerProcess start(Path directory, boolean registry) {
    Path log = directory.resolve("broker.log");
    List<String> arguments =
        List.of(directory.resolve("kafka").toString(), Boolean.toString(registry));
    return new BrokerProcess(JvmProcess.start(BrokerMain.class, JVM_OPTIONS, log, arguments), log);
  }

  /** Where clients reach it. */
  public BrokerAddresses addresses() {
    return addresses;
  }

  /** The broker's process id. */
  public long pid() {
    return process.pid();
  }

  /** Bytes that producers have sent to each topic so far, as they are stored. */
  public Map<String, Long> bytesByTopic() {
    try {
      questions.write("bytes\n");
      questions.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("The broker has ended: " + JvmProcess.tail(log), e);
    }
    return read(new TypeReference<Map<String, Long>>() {});
  }

  private <T> T read(TypeReference<T> type) {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("The broker has ended: " + JvmProcess.tail(log));
      }
      return JSON.readValue(line, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      questions.close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
