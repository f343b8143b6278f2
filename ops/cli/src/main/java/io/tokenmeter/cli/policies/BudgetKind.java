package io.tokenmeter.cli.policies;

import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.policyfiles.BudgetFiles;
import io.tokenmeter.policyfiles.FileContents;
import io.tokenmeter.policyfiles.FileError;
import io.tokenmeter.policyfiles.PolicyFileWriter;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.budget.BudgetRecords;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;

/** Budgets. */
final class BudgetKind implements EntryKind<Budget> {
  @Override
  public String one() {
    return "budget";
  }

  @Override
  public String many() {
    return "budgets";
  }

  @Override
  public String topic() {
    return "budgets";
  }

  @Override
  public FileContents<Budget> read(Reader text) throws IOException {
    return BudgetFiles.read(text);
  }

  @Override
  public List<FileError> check(FileContents<Budget> contents, TokenmeterConfig config) {
    List<String> rolledUp = config.dimensions().stream().map(Dimension::name).toList();
    return contents.entries().stream()
        .filter(entry -> !rolledUp.contains(entry.value().subject().dimension()))
        .map(
            entry ->
                new FileError(
                    entry.line(),
                    "dimension '%s' is not rolled up (rollup.dimensions is %s); add it there, or name the application's settings with --config"
                        .formatted(
                            entry.value().subject().dimension(), String.join(",", rolledUp))))
        .toList();
  }

  @Override
  public String key(Budget budget) {
    return BudgetRecords.key(budget);
  }

  @Override
  public IndexedRecord record(Budget budget) {
    return BudgetRecords.toRecord(budget);
  }

  @Override
  public Budget entry(String key, Object record) {
    return BudgetRecords.fromRecord(key, (io.tokenmeter.schemas.Budget) record);
  }

  @Override
  public Map<String, String> fields(Budget budget) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", budget.id());
    fields.put("subject", budget.subject().toString());
    fields.put("period", budget.period().name().toLowerCase(Locale.ROOT));
    fields.put("limit_usd", budget.limit().toPlainString());
    fields.put("time_zone", budget.zone().getId());
    fields.put(
        "thresholds_percent",
        budget.thresholds().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    fields.put("owner", budget.owner() == null ? "" : budget.owner());
    return fields;
  }

  @Override
  public List<String> yaml(List<Budget> budgets) {
    return PolicyFileWriter.budgets(budgets);
  }
}
