package io.tokenmeter.usagefiles;

/** The formats of usage files that can be read. */
public enum UsageFileFormat {
  /** One JSON object a line, see {@link UsageJsonReader}. */
  USAGE_JSON("usage-json"),
  /** CSV of Azure's public traces, see {@link AzureLlmTraceReader}. */
  AZURE_LLM_TRACE("azure-llm-trace");

  private final String label;

  UsageFileFormat(String label) {
    this.label = label;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return label;
  }
}
