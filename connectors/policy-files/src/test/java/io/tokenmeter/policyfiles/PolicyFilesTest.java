package io.tokenmeter.policyfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.Policy;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyFilesTest {

  @Test
  void policies_areReadWithTheirDefaults() throws IOException {
    FileContents<Policy<?>> contents =
        read(
            """
            # comment
            policies:
              - detector: anomaly
                subjects: "api_key:prod-*"
                settings:
                  floor.usd: 12.50
                  rule: two-standard-deviations
              - detector: model-drift
                enabled: false
            """);

    assertThat(contents.errors()).isEmpty();
    assertThat(contents.entries()).extracting(FileEntry::line).containsExactly(3, 8);
    Policy<?> first = contents.entries().get(0).value();
    assertThat(first.key()).isEqualTo("anomaly api_key:prod-*");
    assertThat(first.settings())
        .isEqualTo(Map.of("floor.usd", "12.50", "rule", "two-standard-deviations"));
    assertThat(((AnomalyPolicy) first.value()).floor()).isEqualTo(Money.parse("12.5"));
    Policy<?> second = contents.entries().get(1).value();
    assertThat(second.key()).isEqualTo("model-drift *:*");
    assertThat(second.enabled()).isFalse();
  }

  @Test
  void everyError_namesItsLineAndTheOthersAreReadAllTheSame() throws IOException {
    FileContents<Policy<?>> contents =
        read(
            """
            policies:
              - detector: anomalies
              - detector: anomaly
                subject: team:a
              - detector: anomaly
                subjects: research
              - detector: anomaly
                enabled: maybe
              - detector: anomaly
                settings:
                  floor: 3
                  persistence: 2 hours
              - detector: anomaly
                settings: {severity.warning.usd: 300}
              - just text
              - subjects: "*:*"
              - detector: budget
                settings: [forecast]
              - detector: budget
              - detector: budget
                subjects: "*:*"
            version: 1
            """);

    assertThat(contents.entries()).extracting(e -> e.value().key()).containsExactly("budget *:*");
    assertThat(contents.errors())
        .containsExactly(
            new FileError(
                2,
                "unknown detector 'anomalies'; known are anomaly, budget, request-spike,"
                    + " model-drift, runaway-workflow, unpriced-model, stale-prices,"
                    + " ingest-silence"),
            new FileError(
                4,
                "unknown key 'subject'; did you mean 'subjects'?; known are detector, enabled,"
                    + " settings, subjects"),
            new FileError(
                6,
                "subject pattern 'research' is not of the form DIMENSION:GLOB, such as"
                    + " team:helpdesk, api_key:prod-* or *:*"),
            new FileError(8, "enabled must be true or false, not 'maybe'"),
            new FileError(
                11,
                "unknown setting 'floor' of detector anomaly; known are rule,"
                    + " false.alarms.per.week, minimum.ratio, minimum.requests, floor.usd,"
                    + " persistence, cool.down, accept.after, severity.warning.usd,"
                    + " severity.critical.usd"),
            new FileError(
                12,
                "persistence must be a time from 0s to 1h, such as 90s, 15m, 1h30m or 7d, not '2"
                    + " hours'"),
            new FileError(
                13, "severity.critical.usd must not be below severity.warning.usd, which is 300"),
            new FileError(15, "an entry of 'policies' is a mapping, not text"),
            new FileError(16, "detector is missing"),
            new FileError(18, "settings must be a mapping of names to values"),
            new FileError(20, "budget *:* stands at line 19 already"),
            new FileError(22, "unknown key 'version'; known are policies"));
  }

  @Test
  void keyThatStandsTwice_isAnError() throws IOException {
    assertThat(
            read("""
                    policies:
                      - detector: budget
                        detector: anomaly
                    """)
                .errors())
        .containsExactly(new FileError(3, "'detector' stands twice here"));
  }

  @Test
  void otherFiles_areRefusedWithTheirLine() {
    assertThatThrownBy(() -> read("budgets: []\n"))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessage("the file must be a mapping with a list under 'policies'");
    assertThatThrownBy(() -> read("policies: [\n  - a\n")).hasMessageStartingWith("not readable");
    assertThatThrownBy(() -> read("")).hasMessage("the file is empty");
  }

  @Test
  void writtenPolicies_areReadAsTheyWere() throws IOException {
    List<Policy<?>> policies =
        read(
                """
                policies:
                  - detector: anomaly
                    subjects: 'tag:env:"a\\*'
                    enabled: false
                    settings: {floor.usd: 1.5, persistence: 90s}
                  - detector: budget
                """)
            .entries()
            .stream()
            .<Policy<?>>map(FileEntry::value)
            .toList();

    FileContents<Policy<?>> again =
        read(String.join("\n", PolicyFileWriter.policies(policies)) + "\n");

    assertThat(again.errors()).isEmpty();
    assertThat(again.entries())
        .extracting(e -> e.value().key(), e -> e.value().settings(), e -> e.value().enabled())
        .containsExactlyElementsOf(
            policies.stream()
                .map(p -> org.assertj.core.groups.Tuple.tuple(p.key(), p.settings(), p.enabled()))
                .toList());
    assertThat(PolicyFileWriter.policies(List.of())).containsExactly("policies: []");
  }

  private static FileContents<Policy<?>> read(String yaml) throws IOException {
    return PolicyFiles.read(new StringReader(yaml));
  }
}
