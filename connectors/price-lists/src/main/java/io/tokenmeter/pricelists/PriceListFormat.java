package io.tokenmeter.pricelists;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of price lists that can be read. */
public enum PriceListFormat {
  /** The project's own YAML. */
  TOKENMETER,
  /** {@code data.json} of pydantic/genai-prices. */
  GENAI_PRICES,
  /** {@code model_prices_and_context_window.json} of LiteLLM. */
  LITELLM;

  /** The name on the command line: {@code genai-prices}. */
  public String cliName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The format of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static PriceListFormat ofCliName(String name) {
    return Arrays.stream(values())
        .filter(format -> format.cliName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + name + "' is not one of " + cliNames()));
  }

  /** All names, for a message. */
  public static String cliNames() {
    return Arrays.stream(values()).map(PriceListFormat::cliName).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return cliName();
  }
}
