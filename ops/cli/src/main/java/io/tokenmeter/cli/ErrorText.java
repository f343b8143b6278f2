package io.tokenmeter.cli;

import io.tokenmeter.embedded.EmbeddedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What an exception means to the person at the terminal: one line, with what to do about it. */
final class ErrorText {

  private static final String SEE_DEBUG = " (--debug shows where)";

  private ErrorText() {}

  static String of(Throwable thrown) {
    Throwable e = unwrap(thrown);
    String message = oneLine(String.valueOf(e.getMessage()));
    if (e instanceof CommandFailedException || e instanceof EmbeddedException) {
      return message;
    }
    if (e instanceof NoSuchFileException) {
      return "no such file: " + message;
    }
    if (e instanceof AccessDeniedException) {
      return "not allowed to read or write " + message;
    }
    Throwable registry = registryFailure(thrown);
    if (registry != null) {
      return "the schema registry does not answer; check --registry or registry.url ("
          + oneLine(String.valueOf(registry.getMessage()))
          + ")";
    }
    if (e instanceof IOException) {
      return message;
    }
    if (e instanceof ConfigException) {
      return "wrong setting: " + message;
    }
    if (e instanceof KafkaException kafka) {
      return ofKafka(kafka, message);
    }
    return "unexpected " + e.getClass().getSimpleName() + ": " + message + SEE_DEBUG;
  }

  /** Kafka's clients never let a refused connection out, so it is the registry's. */
  private static @Nullable Throwable registryFailure(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return cause;
      }
    }
    return null;
  }

  private static String ofKafka(KafkaException e, String message) {
    if (e instanceof TimeoutException) {
      return "Kafka does not answer; check --bootstrap-servers or bootstrap.servers, and that the broker"
          + " runs ("
          + message
          + ")";
    }
    if (e instanceof AuthenticationException || e instanceof AuthorizationException) {
      return "Kafka refuses access; check the security settings in --config (" + message + ")";
    }
    if (e instanceof InvalidReplicationFactorException) {
      return "the cluster has fewer brokers than replicas asked for; choose --replication-factor ("
          + message
          + ")";
    }
    return "Kafka: " + message + SEE_DEBUG;
  }

  static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** Looks through wrappers that only say that something failed elsewhere. */
  private static Throwable unwrap(Throwable thrown) {
    Throwable e = thrown;
    while (e.getCause() != null
        && (e instanceof ExecutionException
            || e instanceof CompletionException
            || e instanceof UncheckedIOException
            || (e.getClass() == KafkaException.class && e.getCause() instanceof KafkaException))) {
      e = e.getCause();
    }
    return e;
  }
}
