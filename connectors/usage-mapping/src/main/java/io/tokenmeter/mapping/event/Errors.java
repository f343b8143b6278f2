package io.tokenmeter.mapping.event;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classes of errors, as far as an event tells them apart. */
final class Errors {

  /** CancelledError, AbortError, java.util.concurrent.CancellationException, client_disconnect. */
  private static final Pattern ABORT =
      Pattern.compile("cancel|abort|client_?disconnect|client_?closed");

  private Errors() {}

  /** Whether the caller ended the request, as against a provider that failed. */
  static boolean isAbort(@Nullable String errorType) {
    return errorType != null && ABORT.matcher(errorType.toLowerCase(Locale.ROOT)).find();
  }
}
