package io.tokenmeter.mapping.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenmeter.mapping.MappedBatch;
import io.tokenmeter.mapping.MappedItem;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.UsageMapping;
import io.tokenmeter.mapping.event.EventCheck;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.schemas.UsageEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps a body of JSON item by item: the body is one object, an array of objects, or JSON lines.
 *
 * <p>A broken line of JSON lines is that line's rejection. Broken JSON that is not lines is the
 * whole body's.
 */
public final class JsonItems implements UsageMapping {

  /** Maps one item. */
  @FunctionalInterface
  public interface ItemMapper {
    /**
     * The event of one item.
     *
     * @param check to be passed at the end
     * @throws RejectedException if it cannot become one
     */
    UsageEvent map(JsonObject item, Instant receivedAt, EventCheck check) throws RejectedException;
  }

  private final MappingOptions options;
  private final JsonText json;
  private final ItemMapper mapper;

  public JsonItems(MappingOptions options, ItemMapper mapper) {
    this.options = options;
    this.json = new JsonText(options);
    this.mapper = mapper;
  }

  @Override
  public MappedBatch map(byte[] body, Instant receivedAt) {
    Batch batch = new Batch(receivedAt);
    try {
      String text = json.decode(body);
      RejectedException broken;
      try {
        batch.addAll(json.parse(text));
        return batch.result();
      } catch (RejectedException e) {
        broken = e;
      }
      if (!batch.addLines(text)) {
        throw broken;
      }
      return batch.result();
    } catch (RejectedException e) {
      return MappedBatch.rejected(e.rejection());
    }
  }

  /** One body on its way. */
  private final class Batch {
    private final Instant receivedAt;
    private final EventCheck check;
    private final List<MappedItem> items = new ArrayList<>();

    Batch(Instant receivedAt) {
      this.receivedAt = receivedAt;
      this.check = new EventCheck(options.maxSkew(), receivedAt);
    }

    MappedBatch result() {
      return new MappedBatch(items, 0);
    }

    void addAll(JsonNode root) throws RejectedException {
      if (!root.isArray()) {
        add("", root);
        return;
      }
      checkCount(root.size());
      for (int i = 0; i < root.size(); i++) {
        add("[" + i + "]", root.get(i));
      }
    }

    /** Whether the text is JSON lines: it looks like them, and at least one of them is JSON. */
    boolean addLines(String text) throws RejectedException {
      List<String> lines = text.lines().toList();
      if (!looksLikeLines(lines)) {
        return false;
      }
      checkCount(lines.stream().filter(line -> !line.isBlank()).count());
      boolean any = false;
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          any |= addLine("line " + (i + 1), lines.get(i));
        }
      }
      return any;
    }

    /** JSON that is laid out for people begins with a bracket on a line of its own. */
    private boolean looksLikeLines(List<String> lines) {
      String first = lines.stream().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
      return lines.size() > 1 && first.startsWith("{") && first.length() > 1;
    }

    private boolean addLine(String path, String line) {
      try {
        JsonNode value = json.parse(line);
        add(path, value);
        return value.isObject();
      } catch (RejectedException e) {
        items.add(new MappedItem.Rejected(path, e.rejection()));
        return false;
      }
    }

    private void add(String path, JsonNode value) {
      try {
        UsageEvent event = mapper.map(JsonObject.of(value, ""), receivedAt, check);
        items.add(new MappedItem.Event(path, event));
      } catch (RejectedException e) {
        items.add(new MappedItem.Rejected(path, e.rejection()));
      }
    }

    private void checkCount(long count) throws RejectedException {
      if (count > options.maxItems()) {
        throw RejectedException.tooLarge(
            "the body has " + count + " items, more than the allowed " + options.maxItems());
      }
    }
  }
}
