package io.tokenmeter.usagefiles;

import io.tokenmeter.schemas.UsageEvent;

/** What one line of a usage file turned out to be. */
public sealed interface UsageLine {

  /** The line's number in the file, counted from 1; blank lines and headers count too. */
  long number();

  /** A line that holds an event. Whether its counts make sense is for the application to judge. */
  record Event(long number, UsageEvent event) implements UsageLine {}

  /** A line that cannot become an event, and why, in words that name the field at fault. */
  record Unreadable(long number, String problem) implements UsageLine {}
}
