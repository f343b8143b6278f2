package io.tokenmeter.invoices;

import org.jspecify.annotations.Nullable;

/** Exports that can be read; each as JSON of the provider's API and as CSV of its console. */
public enum InvoiceFormat {
  /** OpenAI's costs: {@code GET /v1/organization/costs}, or the dashboard's cost export. */
  OPENAI_COSTS("openai-costs", "openai"),
  /** OpenAI's usage: {@code GET /v1/organization/usage/completions}, or the usage export. */
  OPENAI_USAGE("openai-usage", "openai"),
  /** Anthropic's costs: {@code GET /v1/organizations/cost_report}, or the console's export. */
  ANTHROPIC_COSTS("anthropic-costs", "anthropic"),
  /** Anthropic's usage: {@code GET /v1/organizations/usage_report/messages}, or the export. */
  ANTHROPIC_USAGE("anthropic-usage", "anthropic"),
  /** A table with a header: date, model, input_tokens, output_tokens, cost_usd and so on. */
  CSV("csv", null);

  private final String label;
  private final @Nullable String provider;

  InvoiceFormat(String label, @Nullable String provider) {
    this.label = label;
    this.provider = provider;
  }

  /** Who makes such exports; null where anybody may. */
  public @Nullable String provider() {
    return provider;
  }

  @Override
  public String toString() {
    return label;
  }
}
