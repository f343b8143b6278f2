package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.domain.money.Picos;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The price fields of one model of LiteLLM's list, brought to units, service tiers and context
 * thresholds.
 */
final class LiteLlmPrices {
  private static final String STANDARD = UnitPrice.STANDARD;
  private static final Pattern IMAGE_SIZE =
      Pattern.compile("(?:^|/)([0-9]{1,6})-?x-?([0-9]{1,6})/");
  private static final Pattern PRICE_FIELD = Pattern.compile(".*(?:cost|pric|multiplier).*");

  /** Begins the reason of a field that could not be taken over; its name follows. */
  static final String UNMAPPED = "unmapped-field ";

  private final Findings findings;
  private final Dollars dollars;
  private final String key;
  private final Node.Mapping model;
  private final String mode;
  private final Rates rates = new Rates();
  private final Map<String, BigDecimal> regionMultipliers = new LinkedHashMap<>();
  private List<TimeWindow> windows = List.of();

  LiteLlmPrices(Findings findings, String key, Node.Mapping model) {
    this.findings = findings;
    this.dollars = new Dollars(findings);
    this.key = key;
    this.model = model;
    String written = model.text("mode");
    this.mode = written == null ? "chat" : written;
  }

  /** Factors by region, from {@code provider_specific_entry}. */
  Map<String, BigDecimal> regionMultipliers() {
    return regionMultipliers;
  }

  /** Hours with other prices, from {@code off_peak_pricing}. */
  List<TimeWindow> windows() {
    return windows;
  }

  Rates read() {
    for (Node.Entry entry : model.entries()) {
      if (PRICE_FIELD.matcher(entry.key()).matches() && !isNull(entry.value())) {
        readField(entry);
      }
    }
    Node tiers = model.get("tiered_pricing");
    if (tiers != null) {
      new LiteLlmTiers(findings, key, rates).read(tiers);
    }
    new LiteLlmGaps(findings, key, model.line(), rates).fill();
    readProviderSpecific();
    Node offPeak = model.get("off_peak_pricing");
    if (offPeak != null) {
      windows = new LiteLlmOffPeak(findings, key, rates).read(offPeak);
    }
    return rates;
  }

  private static boolean isNull(Node value) {
    return value instanceof Node.Scalar scalar && scalar.type() == Node.ScalarType.NULL;
  }

  private void readField(Node.Entry entry) {
    LiteLlmField field = LiteLlmField.parse(entry.key());
    String unit = field.tokenUnit() == null ? field.feeUnit() : field.tokenUnit();
    if (unit == null) {
      unit = unitByMode(field.base());
    }
    if (unit != null) {
      add(field, unit, entry.value(), 1);
      return;
    }
    switch (field.base()) {
      case "tiered_pricing",
          "provider_specific_entry",
          "off_peak_pricing" -> {} // read by themselves
      case "search_context_cost_per_query" -> readSearch(entry.value());
      case "file_search_cost_per_1k_calls" -> add(field, "storage_searches", entry.value(), 1000);
      case "input_cost_per_pixel" -> readPixels(field, entry);
      case "output_cost_per_pixel", "output_cost_per_second", "input_cost_per_second" ->
          reportUnlessZero(entry);
      case "input_dbu_cost_per_token", "output_dbu_cost_per_token" ->
          findings.info(
              "not-in-usd", entry.line(), key, entry.key() + " is in Databricks units, not in USD");
      default ->
          findings.warning(
              UNMAPPED + entry.key(),
              entry.line(),
              key,
              entry.key() + " has no unit here; left out");
    }
  }

  /**
   * The unit of a field that means different things for different kinds of models; null for none.
   */
  private @Nullable String unitByMode(String base) {
    boolean makesImages = mode.equals("image_generation") || mode.equals("image_edit");
    return switch (base) {
      case "output_cost_per_image" -> "images";
      case "input_cost_per_image" ->
          makesImages && model.get("output_cost_per_image") == null ? "images" : "input_images";
      case "input_cost_per_query" ->
          switch (mode) {
            case "search" -> "web_searches";
            case "vector_store" -> "storage_searches";
            default -> "rerank_searches";
          };
      case "input_cost_per_second" -> isSpeech() && !isZero(base) ? "input_audio_seconds" : null;
      case "output_cost_per_second" ->
          mode.equals("video_generation")
              ? "video_seconds"
              : isSpeech() && isZero("input_cost_per_second") ? "output_audio_seconds" : null;
      default -> null;
    };
  }

  private boolean isSpeech() {
    return mode.equals("audio_transcription") || mode.equals("audio_speech");
  }

  /** Whether a field is absent or 0. */
  private boolean isZero(String field) {
    String text = model.text(field);
    try {
      return text == null || new BigDecimal(text).signum() == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void add(LiteLlmField field, String unit, Node value, long per) {
    String label = field.base() + (field.threshold() > 0 ? " above " + field.threshold() : "");
    dollars
        .picos(value, per, key, label)
        .ifPresent(picos -> addOnce(field, unit, picos, value.line()));
  }

  private void addOnce(LiteLlmField field, String unit, long picos, int line) {
    if (!rates.add(field.tier(), unit, field.threshold(), picos)) {
      Long known = rates.get(field.tier(), unit, field.threshold());
      if (known != null && known != picos) {
        findings.warning(
            "priced-twice",
            line,
            key,
            field.base() + " prices " + unit + " a second time, differently; the first one stands");
      }
    }
  }

  private void readSearch(Node value) {
    if (!(value instanceof Node.Mapping sizes) || sizes.entries().isEmpty()) {
      findings.warning(
          UNMAPPED + "search_context_cost_per_query",
          value.line(),
          key,
          "search_context_cost_per_query: sizes expected");
      return;
    }
    Node medium = sizes.get("search_context_size_medium");
    Node taken = medium == null ? sizes.entries().get(0).value() : medium;
    add(LiteLlmField.parse("search_context_cost_per_query"), "web_searches", taken, 1);
    long prices =
        sizes.entries().stream()
            .map(size -> size.value() instanceof Node.Scalar scalar ? scalar.text() : "")
            .distinct()
            .count();
    if (prices > 1) {
      findings.info(
          "search-context",
          value.line(),
          key,
          "a search costs more or less with the size of its context; the medium price is taken");
    }
  }

  /** Where the key names the size of the image, a price per pixel is a price per image. */
  private void readPixels(LiteLlmField field, Node.Entry entry) {
    Matcher size = IMAGE_SIZE.matcher(key);
    if (!size.find()) {
      add(field, "input_pixels", entry.value(), 1);
    } else if (model.get("input_cost_per_image") == null
        && entry.value() instanceof Node.Scalar price
        && price.type() == Node.ScalarType.NUMBER) {
      BigDecimal pixels = new BigDecimal(size.group(1)).multiply(new BigDecimal(size.group(2)));
      BigDecimal each = new BigDecimal(price.text()).multiply(pixels).stripTrailingZeros();
      dollars
          .picos(each, 1, entry.line(), key, "an image of " + pixels + " pixels")
          .ifPresent(picos -> rates.add(field.tier(), "images", 0, picos));
    }
  }

  private void reportUnlessZero(Node.Entry entry) {
    boolean sameAsInput =
        isSpeech()
            && entry.key().equals("output_cost_per_second")
            && model.text("input_cost_per_second") != null
            && String.valueOf(model.text("input_cost_per_second"))
                .equals(model.text("output_cost_per_second"));
    if (!isZero(entry.key()) && !sameAsInput) {
      findings.warning(
          UNMAPPED + entry.key(),
          entry.line(),
          key,
          entry.key() + " of a " + mode + " model has no unit here; left out");
    }
  }

  /** Multipliers: {@code us: 1.1} is a region's, {@code fast: 6} is the service tier fast. */
  private void readProviderSpecific() {
    if (!(model.get("provider_specific_entry") instanceof Node.Mapping factors)) {
      return;
    }
    for (Node.Entry entry : factors.entries()) {
      BigDecimal factor = factor(entry.value());
      if (factor == null) {
        findings.warning(
            UNMAPPED + "provider_specific_entry",
            entry.line(),
            key,
            "provider_specific_entry." + entry.key() + " is no multiplier; left out");
      } else if (entry.key().equals("fast")) {
        multiplyInto("fast", factor);
      } else {
        regionMultipliers.put(entry.key(), factor);
      }
    }
  }

  static @Nullable BigDecimal factor(Node value) {
    if (value instanceof Node.Scalar scalar && scalar.type() == Node.ScalarType.NUMBER) {
      BigDecimal factor = new BigDecimal(scalar.text()).stripTrailingZeros();
      return factor.signum() > 0 && factor.precision() <= 12 && Math.abs(factor.scale()) <= 12
          ? factor
          : null;
    }
    return null;
  }

  private void multiplyInto(String tier, BigDecimal factor) {
    for (String unit : rates.units(STANDARD)) {
      if (Unit.byName(unit) != null) {
        rates
            .of(STANDARD, unit)
            .forEach(
                (threshold, picos) -> rates.add(tier, unit, threshold, Picos.times(picos, factor)));
      }
    }
  }
}
