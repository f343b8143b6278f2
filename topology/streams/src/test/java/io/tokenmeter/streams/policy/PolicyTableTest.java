package io.tokenmeter.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.policy.SubjectPattern;
import io.tokenmeter.schemas.DetectorPolicy;
import io.tokenmeter.streams.fixture.TableFlow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTableTest {
  private static final String KEY = "request-spike team:research";

  @Test
  void everyPartOfAPolicy_survivesTheRecord() {
    Policy<?> policy =
        Policy.of(
            "anomaly",
            SubjectPattern.parse("tag:env:prod-*"),
            false,
            Map.of("floor.usd", "2.50", "persistence", "90s"));

    Policy<?> read =
        PolicyRecords.fromRecord(PolicyRecords.key(policy), PolicyRecords.toRecord(policy));

    assertThat(PolicyRecords.key(policy)).isEqualTo("anomaly tag:env:prod-*");
    assertThat(read.key()).isEqualTo(policy.key());
    assertThat(read.settings()).isEqualTo(policy.settings());
    assertThat(read.value()).isEqualTo(policy.value());
  }

  @Test
  void policyUnderAnotherKey_isRefusedWithItsOwn() {
    assertThatThrownBy(() -> PolicyRecords.fromRecord("team:research", spike("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("its key should be 'request-spike team:research'");
  }

  @Test
  void publishedPolicy_holdsAtOnceUntilItIsRemoved() {
    PolicyTable table = new PolicyTable();
    try (TableFlow flow = new TableFlow(PolicyTable.store(), table::supplier)) {
      DetectorPolicies before = table.policies();
      assertThat(limit(table)).isEqualTo("0.5");

      flow.put(KEY, spike("3"));
      assertThat(limit(table)).isEqualTo("3");
      assertThat(table.policies().version()).isNotEqualTo(before.version());
      assertThat(table.policies()).isSameAs(table.policies());

      flow.put(KEY, spike("4"));
      assertThat(limit(table)).isEqualTo("4");

      flow.putBytes(KEY, null);
      assertThat(limit(table)).isEqualTo("0.5");
    }
  }

  @Test
  void badRecords_areCountedAndChangeNothing() {
    PolicyTable table = new PolicyTable();
    try (TableFlow flow = new TableFlow(PolicyTable.store(), table::supplier)) {
      flow.put(KEY, spike("3"));

      flow.put(KEY, spike("three")); // not a number
      flow.put("another key", spike("9"));
      flow.putBytes(KEY, new byte[] {1, 2, 3}); // not in the wire format

      assertThat(limit(table)).isEqualTo("3");
      assertThat(flow.counted("tokenmeter.detector.policies.bad.records")).isEqualTo(3);
      flow.put(KEY, spike("5"));
      assertThat(limit(table)).isEqualTo("5");
    }
  }

  private static DetectorPolicy spike(String limit) {
    return DetectorPolicy.newBuilder()
        .setDetector("request-spike")
        .setSubjectPattern("team:research")
        .setSettings(Map.of("limit.usd", limit))
        .build();
  }

  private static String limit(PolicyTable table) {
    Money limit =
        table
            .policies()
            .lookup(PolicyDefinitions.REQUEST_SPIKE, new Subject("team", "research"))
            .limit();
    return limit.toPlainString();
  }
}
