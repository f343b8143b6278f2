package io.tokenmeter.policyfiles;

import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.savings.CapacityOffer;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files of capacity that can be rented by the hour: a list under {@code capacity}. */
public final class CapacityFiles {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "kind",
          "replaces",
          "usd_per_hour",
          "input_tokens_per_second",
          "output_tokens_per_second",
          "utilization");
  private static final Set<String> KINDS = Set.of("provisioned", "self-hosted");

  private CapacityFiles() {}

  /**
   * Reads a file.
   *
   * @throws UnreadableDocumentException if it is no YAML, or has no list of capacity
   */
  public static FileContents<CapacityOffer> read(Reader text) throws IOException {
    return EntryList.read(
        text, "capacity", CapacityFiles::offer, offer -> "capacity " + offer.name());
  }

  private static @Nullable CapacityOffer offer(Node.Mapping entry, Errors errors) {
    int before = errors.count();
    errors.unknownKeys(entry, KEYS);
    String name = errors.text(entry, "name", true);
    String kind = errors.value(entry, "kind", true, CapacityFiles::kind);
    List<String> replaces = replaces(entry, errors);
    BigDecimal rent = number(entry, errors, "usd_per_hour", true);
    BigDecimal input = number(entry, errors, "input_tokens_per_second", true);
    BigDecimal output = number(entry, errors, "output_tokens_per_second", true);
    BigDecimal utilization = number(entry, errors, "utilization", false);
    if (name == null || kind == null || rent == null || input == null || output == null) {
      return null;
    }
    if (errors.count() > before) {
      return null;
    }
    try {
      return new CapacityOffer(
          name,
          kind,
          replaces,
          Money.of(rent),
          input,
          output,
          utilization == null ? CapacityOffer.USUAL_UTILIZATION : utilization);
    } catch (IllegalArgumentException | ArithmeticException e) {
      errors.add(entry.line(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static String kind(String text) {
    if (KINDS.contains(text)) {
      return text;
    }
    throw new IllegalArgumentException(
        "kind must be provisioned or self-hosted, not '" + text + "'");
  }

  private static @Nullable BigDecimal number(
      Node.Mapping entry, Errors errors, String key, boolean required) {
    return errors.value(
        entry,
        key,
        required,
        text -> {
          if (!text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
            throw new IllegalArgumentException(key + " must be a number, not '" + text + "'");
          }
          return new BigDecimal(text);
        });
  }

  private static List<String> replaces(Node.Mapping entry, Errors errors) {
    List<String> patterns = new ArrayList<>();
    Node value = entry.get("replaces");
    if (!(value instanceof Node.Sequence list)) {
      errors.add(
          Errors.lineOf(entry, "replaces"),
          "replaces must be a list of PROVIDER/MODEL, such as [openai/gpt-4o*]");
      return patterns;
    }
    for (Node item : list.items()) {
      if (item instanceof Node.Scalar scalar && scalar.text().contains("/")) {
        patterns.add(scalar.text());
      } else {
        errors.add(
            item.line(), "replaces has entries of the form PROVIDER/MODEL, such as openai/gpt-4o*");
      }
    }
    return patterns;
  }
}
