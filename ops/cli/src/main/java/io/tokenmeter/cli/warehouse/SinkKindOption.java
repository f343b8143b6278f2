package io.tokenmeter.cli.warehouse;

import io.tokenmeter.warehouse.SinkKind;
import picocli.CommandLine.Option;

/** The option for the kind of warehouse. */
final class SinkKindOption {

  @Option(
      names = "--for",
      paramLabel = "KIND",
      defaultValue = "postgresql",
      description = "Kind of warehouse: ${COMPLETION-CANDIDATES}. Default: postgresql.")
  private SinkKind kind;

  SinkKind kind() {
    return kind;
  }
}
