package io.tokenmeter.cli.policies;

import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.policyfiles.FileContents;
import io.tokenmeter.policyfiles.FileError;
import io.tokenmeter.policyfiles.PolicyFileWriter;
import io.tokenmeter.policyfiles.PolicyFiles;
import io.tokenmeter.schemas.DetectorPolicy;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.policy.PolicyRecords;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;

/** Detector policies. */
final class PolicyKind implements EntryKind<Policy<?>> {
  @Override
  public String one() {
    return "policy";
  }

  @Override
  public String many() {
    return "policies";
  }

  @Override
  public String topic() {
    return "detector-policies";
  }

  @Override
  public FileContents<Policy<?>> read(Reader text) throws IOException {
    return PolicyFiles.read(text);
  }

  /** A policy for a dimension that is not rolled up matches nothing, which does no harm. */
  @Override
  public List<FileError> check(FileContents<Policy<?>> contents, TokenmeterConfig config) {
    return List.of();
  }

  @Override
  public String key(Policy<?> policy) {
    return PolicyRecords.key(policy);
  }

  @Override
  public IndexedRecord record(Policy<?> policy) {
    return PolicyRecords.toRecord(policy);
  }

  @Override
  public Policy<?> entry(String key, Object record) {
    return PolicyRecords.fromRecord(key, (DetectorPolicy) record);
  }

  @Override
  public Map<String, String> fields(Policy<?> policy) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("detector", policy.detector().label());
    fields.put("subjects", policy.subjects().toString());
    fields.put("enabled", String.valueOf(policy.enabled()));
    fields.put(
        "settings",
        policy.settings().entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining(" ")));
    return fields;
  }

  @Override
  public List<String> yaml(List<Policy<?>> policies) {
    return PolicyFileWriter.policies(policies);
  }
}
