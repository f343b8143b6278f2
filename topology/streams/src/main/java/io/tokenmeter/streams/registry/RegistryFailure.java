package io.tokenmeter.streams.registry;

import com.microsoft.kiota.ApiException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What it means that a deserializer failed, as far as its exceptions tell. */
enum RegistryFailure {
  /** The registry could not be reached or failed itself: to be tried again. */
  NO_ANSWER,
  /** The registry answered that it does not know the id. */
  UNKNOWN_ID,
  /** The registry knows the id; the record is damaged. */
  BAD_RECORD;

  private static final String CONFLUENT =
      "io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException";

  static RegistryFailure of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      int status = status(cause);
      if (status == 404) {
        return UNKNOWN_ID;
      }
      // Apicurio's client wraps whatever its connection throws, not only IOExceptions, in the
      // first.
      // An EOFException of its own is no connection's: it is a body that is cut off.
      boolean unreachable =
          cause instanceof ExecutionException
              || (cause instanceof IOException && !(cause instanceof EOFException))
              || cause instanceof TimeoutException
              || cause instanceof InterruptedException
              || cause instanceof org.apache.kafka.common.errors.TimeoutException;
      if (status > 0 || unreachable) {
        return NO_ANSWER;
      }
    }
    return BAD_RECORD;
  }

  /**
   * The HTTP status that an exception of Apicurio's or Confluent's client carries; 0 for others.
   */
  private static int status(Throwable cause) {
    if (cause instanceof ApiException answer) {
      return answer.getResponseStatusCode();
    }
    if (!cause.getClass().getName().equals(CONFLUENT)) {
      return 0;
    }
    try {
      // Confluent's client is there only in the Maven profile of that name.
      return (int) cause.getClass().getMethod("getStatus").invoke(cause);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return 0;
    }
  }
}
