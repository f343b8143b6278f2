package io.tokenmeter.pricelists;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The price keys of genai-prices: which unit they price and how many of it. Source: {@code
 * units.yml} of pydantic/genai-prices, registry version 2.
 */
final class GenaiUnits {

  private GenaiUnits() {}

  /** A unit and how many of it a price buys. */
  record Priced(String unit, long per) {}

  private static final Map<String, Priced> SPECIAL =
      Map.of(
          "input_mchars", new Priced("input_characters", 1_000_000),
          "input_gpixels", new Priced("input_pixels", 1_000_000_000),
          "audio_hours", new Priced("audio_seconds", 3_600),
          "input_audio_hours", new Priced("input_audio_seconds", 3_600),
          "output_audio_hours", new Priced("output_audio_seconds", 3_600),
          "input_document_kpages", new Priced("input_document_pages", 1_000),
          "input_annotated_document_kpages", new Priced("input_annotated_document_pages", 1_000));

  /** What a key prices; null if it is no price key. */
  static @Nullable Priced of(String key) {
    if (key.endsWith("_mtok")) {
      return new Priced(withoutEnd(key, "_mtok") + "_tokens", 1_000_000);
    }
    if (key.endsWith("_kcount")) {
      return new Priced(withoutEnd(key, "_kcount"), 1_000);
    }
    return SPECIAL.get(key);
  }

  private static String withoutEnd(String key, String end) {
    return key.substring(0, key.length() - end.length());
  }
}
