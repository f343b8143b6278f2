package io.tokenmeter.mapping.usagejson;

import com.fasterxml.jackson.core.JsonParser;
import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonObject;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.usagefiles.UnreadableUsageException;
import io.tokenmeter.usagefiles.UsageJsonReader;
import java.io.IOException;

/** The usage event's own fields in a JSON tree, read as they are read in a file. */
public final class EventFields {

  @FunctionalInterface
  private interface Read {
    UsageEvent from(JsonParser json) throws IOException, UnreadableUsageException;
  }

  private EventFields() {}

  /** An event with all that it needs. */
  static UsageEvent readWhole(JsonObject object) throws RejectedException {
    return read(object, UsageJsonReader::read);
  }

  /** Some fields of an event; all others stay null, also those that have a default. */
  public static UsageEvent readSome(JsonObject object) throws RejectedException {
    return read(object, UsageJsonReader::readSome);
  }

  private static UsageEvent read(JsonObject object, Read read) throws RejectedException {
    try (JsonParser json = object.node().traverse()) {
      json.nextToken();
      return read.from(json);
    } catch (UnreadableUsageException e) {
      String message = String.valueOf(e.getMessage());
      RejectionReason reason =
          message.startsWith("required field")
              ? RejectionReason.MISSING_FIELD
              : RejectionReason.MALFORMED_FIELD;
      throw new RejectedException(new Rejection(reason, message));
    } catch (IOException e) {
      throw new IllegalStateException("reading from a tree cannot fail", e);
    }
  }
}
