package io.tokenmeter.mapping.response;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.mapping.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON objects in a text of server-sent events, as providers stream them
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 */
public final class ServerSentEvents {

  private static final String DATA = "data:";

  private ServerSentEvents() {}

  /**
   * The data of the events, in their order. What is not JSON, such as OpenAI's [DONE] or a last
   * line that was cut off, is left out.
   */
  public static List<ObjectNode> read(String text, JsonText json) {
    List<ObjectNode> events = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(DATA)) {
        try {
          if (json.parse(line.substring(DATA.length())) instanceof ObjectNode event) {
            events.add(event);
          }
        } catch (RejectedException e) {
          // A stream that was cut off ends in the middle of a line; what came before counts.
        }
      }
    }
    return events;
  }
}
