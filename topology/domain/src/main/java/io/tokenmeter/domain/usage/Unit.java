package io.tokenmeter.domain.usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of token, and which kinds it is part of.
 *
 * <p>The units form a lattice: cache reads are part of the input, cached audio is part of both the
 * cache reads and the audio input. Names are those of genai-prices. Everything else that can be
 * billed (requests, searches, images, seconds) is a flat unit, known by its name only.
 *
 * <p>A unit stands after all units it is part of. Of two parents the kind of token (cache, tool,
 * reasoning) stands before the modality: that is the order in which a missing price is looked for.
 */
@SuppressWarnings(
    "ImmutableEnumChecker") // the lists are unmodifiable; descendants is set once, here
public enum Unit {
  INPUT("input_tokens", Side.INPUT),
  CACHE_READ("cache_read_tokens", Side.INPUT, INPUT),
  CACHE_WRITE("cache_write_tokens", Side.INPUT, INPUT),
  CACHE_WRITE_5M("cache_write_5m_tokens", Side.INPUT, CACHE_WRITE),
  CACHE_WRITE_1H("cache_write_1h_tokens", Side.INPUT, CACHE_WRITE),
  INPUT_TOOL("input_tool_tokens", Side.INPUT, INPUT),
  INPUT_TEXT("input_text_tokens", Side.INPUT, INPUT),
  CACHE_TEXT_READ("cache_text_read_tokens", Side.INPUT, CACHE_READ, INPUT_TEXT),
  CACHE_TEXT_WRITE("cache_text_write_tokens", Side.INPUT, CACHE_WRITE, INPUT_TEXT),
  CACHE_TEXT_WRITE_5M("cache_text_write_5m_tokens", Side.INPUT, CACHE_WRITE_5M, CACHE_TEXT_WRITE),
  CACHE_TEXT_WRITE_1H("cache_text_write_1h_tokens", Side.INPUT, CACHE_WRITE_1H, CACHE_TEXT_WRITE),
  INPUT_TEXT_TOOL("input_text_tool_tokens", Side.INPUT, INPUT_TOOL, INPUT_TEXT),
  INPUT_AUDIO("input_audio_tokens", Side.INPUT, INPUT),
  CACHE_AUDIO_READ("cache_audio_read_tokens", Side.INPUT, CACHE_READ, INPUT_AUDIO),
  CACHE_AUDIO_WRITE("cache_audio_write_tokens", Side.INPUT, CACHE_WRITE, INPUT_AUDIO),
  CACHE_AUDIO_WRITE_5M(
      "cache_audio_write_5m_tokens", Side.INPUT, CACHE_WRITE_5M, CACHE_AUDIO_WRITE),
  CACHE_AUDIO_WRITE_1H(
      "cache_audio_write_1h_tokens", Side.INPUT, CACHE_WRITE_1H, CACHE_AUDIO_WRITE),
  INPUT_AUDIO_TOOL("input_audio_tool_tokens", Side.INPUT, INPUT_TOOL, INPUT_AUDIO),
  INPUT_IMAGE("input_image_tokens", Side.INPUT, INPUT),
  CACHE_IMAGE_READ("cache_image_read_tokens", Side.INPUT, CACHE_READ, INPUT_IMAGE),
  CACHE_IMAGE_WRITE("cache_image_write_tokens", Side.INPUT, CACHE_WRITE, INPUT_IMAGE),
  CACHE_IMAGE_WRITE_5M(
      "cache_image_write_5m_tokens", Side.INPUT, CACHE_WRITE_5M, CACHE_IMAGE_WRITE),
  CACHE_IMAGE_WRITE_1H(
      "cache_image_write_1h_tokens", Side.INPUT, CACHE_WRITE_1H, CACHE_IMAGE_WRITE),
  INPUT_IMAGE_TOOL("input_image_tool_tokens", Side.INPUT, INPUT_TOOL, INPUT_IMAGE),
  INPUT_VIDEO("input_video_tokens", Side.INPUT, INPUT),
  CACHE_VIDEO_READ("cache_video_read_tokens", Side.INPUT, CACHE_READ, INPUT_VIDEO),
  CACHE_VIDEO_WRITE("cache_video_write_tokens", Side.INPUT, CACHE_WRITE, INPUT_VIDEO),
  CACHE_VIDEO_WRITE_5M(
      "cache_video_write_5m_tokens", Side.INPUT, CACHE_WRITE_5M, CACHE_VIDEO_WRITE),
  CACHE_VIDEO_WRITE_1H(
      "cache_video_write_1h_tokens", Side.INPUT, CACHE_WRITE_1H, CACHE_VIDEO_WRITE),
  INPUT_VIDEO_TOOL("input_video_tool_tokens", Side.INPUT, INPUT_TOOL, INPUT_VIDEO),
  OUTPUT("output_tokens", Side.OUTPUT),
  OUTPUT_REASONING("output_reasoning_tokens", Side.OUTPUT, OUTPUT),
  OUTPUT_CITATION("output_citation_tokens", Side.OUTPUT, OUTPUT),
  OUTPUT_TEXT("output_text_tokens", Side.OUTPUT, OUTPUT),
  OUTPUT_TEXT_REASONING("output_text_reasoning_tokens", Side.OUTPUT, OUTPUT_REASONING, OUTPUT_TEXT),
  OUTPUT_TEXT_CITATION("output_text_citation_tokens", Side.OUTPUT, OUTPUT_CITATION, OUTPUT_TEXT),
  OUTPUT_AUDIO("output_audio_tokens", Side.OUTPUT, OUTPUT),
  OUTPUT_AUDIO_REASONING(
      "output_audio_reasoning_tokens", Side.OUTPUT, OUTPUT_REASONING, OUTPUT_AUDIO),
  OUTPUT_AUDIO_CITATION("output_audio_citation_tokens", Side.OUTPUT, OUTPUT_CITATION, OUTPUT_AUDIO),
  OUTPUT_IMAGE("output_image_tokens", Side.OUTPUT, OUTPUT),
  OUTPUT_IMAGE_REASONING(
      "output_image_reasoning_tokens", Side.OUTPUT, OUTPUT_REASONING, OUTPUT_IMAGE),
  OUTPUT_IMAGE_CITATION("output_image_citation_tokens", Side.OUTPUT, OUTPUT_CITATION, OUTPUT_IMAGE),
  OUTPUT_VIDEO("output_video_tokens", Side.OUTPUT, OUTPUT),
  OUTPUT_VIDEO_REASONING(
      "output_video_reasoning_tokens", Side.OUTPUT, OUTPUT_REASONING, OUTPUT_VIDEO),
  OUTPUT_VIDEO_CITATION("output_video_citation_tokens", Side.OUTPUT, OUTPUT_CITATION, OUTPUT_VIDEO);

  /** Number of units; quantities by unit are kept in arrays of this length, by ordinal. */
  public static final int COUNT = values().length;

  private static final List<Unit> ALL = List.of(values());
  private static final Map<String, Unit> BY_NAME = new HashMap<>();

  static {
    for (Unit unit : ALL) {
      BY_NAME.put(unit.wireName, unit);
      for (Unit ancestor : unit.ancestors) {
        ancestor.descendants |= unit.bit();
      }
    }
    BY_NAME.put("reasoning_tokens", OUTPUT_REASONING); // as the usage event's field is called
  }

  private final String wireName;
  private final Side side;
  private final List<Unit> parents;
  private final List<Unit> ancestors;
  private final long ancestorBits;
  private long descendants;

  Unit(String wireName, Side side, Unit... parents) {
    this.wireName = wireName;
    this.side = side;
    this.parents = List.of(parents);
    this.ancestors = nearestFirst(this.parents);
    this.ancestorBits = bits(ancestors);
  }

  /** The unit of this name, or null if the name is that of a flat unit. */
  public static @Nullable Unit byName(String name) {
    return BY_NAME.get(name);
  }

  /** The unit with this ordinal. */
  public static Unit at(int ordinal) {
    return ALL.get(ordinal);
  }

  /** Name in events, price lists and line items. */
  public String wireName() {
    return wireName;
  }

  public Side side() {
    return side;
  }

  /** The units this one is directly part of. */
  public List<Unit> parents() {
    return parents;
  }

  /** All units this one is part of, nearest first; its parents' order decides between equals. */
  public List<Unit> ancestors() {
    return ancestors;
  }

  /** Whether it is of one modality only: text, audio, image or video. */
  public boolean hasModality() {
    return isPartOf(INPUT_TEXT)
        || isPartOf(INPUT_AUDIO)
        || isPartOf(INPUT_IMAGE)
        || isPartOf(INPUT_VIDEO)
        || isPartOf(OUTPUT_TEXT)
        || isPartOf(OUTPUT_AUDIO)
        || isPartOf(OUTPUT_IMAGE)
        || isPartOf(OUTPUT_VIDEO);
  }

  /** This unit's bit in a set of units. */
  public long bit() {
    return 1L << ordinal();
  }

  /** The set of units this one is part of. */
  public long ancestorBits() {
    return ancestorBits;
  }

  /** The set of units that are part of this one. */
  public long descendantBits() {
    return descendants;
  }

  /** Whether this is {@code other} or a part of it. */
  public boolean isPartOf(Unit other) {
    return this == other || (ancestorBits & other.bit()) != 0;
  }

  private static List<Unit> nearestFirst(List<Unit> parents) {
    Set<Unit> found = new LinkedHashSet<>(parents);
    List<Unit> level = parents;
    while (!level.isEmpty()) {
      List<Unit> next = new ArrayList<>();
      level.forEach(unit -> next.addAll(unit.parents));
      found.addAll(next);
      level = next;
    }
    return List.copyOf(found);
  }

  private static long bits(List<Unit> units) {
    long bits = 0;
    for (Unit unit : units) {
      bits |= unit.bit();
    }
    return bits;
  }
}
