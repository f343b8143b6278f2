package io.tokenmeter.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.spike.SpikePolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DetectorPoliciesTest {

  @Test
  void noPolicy_givesTheDefaults() {
    assertThat(limit(DetectorPolicies.DEFAULTS, "api_key", "a")).isEqualTo("0.5");
  }

  @Test
  void mostSpecificPattern_wins() {
    DetectorPolicies policies =
        policies(
            spike("*:*", "1"),
            spike("api_key:*", "2"),
            spike("api_key:prod-*", "3"),
            spike("api_key:prod-eu-*", "4"),
            spike("api_key:prod-eu-1", "5"));

    assertThat(limit(policies, "api_key", "prod-eu-1")).isEqualTo("5");
    assertThat(limit(policies, "api_key", "prod-eu-2")).isEqualTo("4");
    assertThat(limit(policies, "api_key", "prod-us-1")).isEqualTo("3");
    assertThat(limit(policies, "api_key", "test")).isEqualTo("2");
    assertThat(limit(policies, "team", "prod-eu-1")).isEqualTo("1");
  }

  @Test
  void policyOfAnotherDetector_changesNothing() {
    DetectorPolicies policies =
        policies(Policy.of("runaway-workflow", SubjectPattern.ALL, true, Map.of("limit.usd", "9")));

    assertThat(limit(policies, "api_key", "a")).isEqualTo("0.5");
  }

  @Test
  void mostSpecificPolicy_holdsAloneAndTakesNothingFromOthers() {
    DetectorPolicies policies =
        policies(
            Policy.of(
                "request-spike",
                SubjectPattern.ALL,
                true,
                Map.of("limit.usd", "1", "severity.warning.usd", "50")),
            spike("team:research", "7"));

    SpikePolicy research =
        policies.lookup(PolicyDefinitions.REQUEST_SPIKE, new Subject("team", "research"));
    assertThat(research.limit()).isEqualTo(Money.parse("7"));
    assertThat(research.warning()).isEqualTo(SpikePolicy.DEFAULT.warning());
  }

  @Test
  void detectorSwitchedOffForAll_isOnWhereAPolicyIsMoreSpecific() {
    DetectorPolicies policies =
        policies(
            Policy.of("request-spike", SubjectPattern.ALL, false, Map.of()),
            spike("team:research", "7"));

    assertThat(lookup(policies, "team", "other").enabled()).isFalse();
    assertThat(lookup(policies, "team", "research").enabled()).isTrue();
  }

  @Test
  void orderOfThePolicies_doesNotMatter() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Policy<?>> policies = new ArrayList<>();
      for (String pattern : List.of("team:a*", "team:*a", "team:?a", "team:a?", "*:aa", "*:a*")) {
        policies.add(spike(pattern, String.valueOf(1 + policies.size())));
      }
      Collections.shuffle(policies, random);
      DetectorPolicies compiled = DetectorPolicies.of(policies, 1);
      // All four have one letter; two have no star, and of these the alphabet decides.
      assertThat(limit(compiled, "team", "aa")).as("seed %d", seed).isEqualTo("3");
      assertThat(limit(compiled, "project", "aa")).isEqualTo("5");
      assertThat(limit(compiled, "project", "ab")).isEqualTo("6");
    }
  }

  private static DetectorPolicies policies(Policy<?>... policies) {
    return DetectorPolicies.of(List.of(policies), 1);
  }

  private static Policy<?> spike(String pattern, String limit) {
    return Policy.of(
        "request-spike", SubjectPattern.parse(pattern), true, Map.of("limit.usd", limit));
  }

  private static SpikePolicy lookup(DetectorPolicies policies, String dimension, String key) {
    return policies.lookup(PolicyDefinitions.REQUEST_SPIKE, new Subject(dimension, key));
  }

  private static String limit(DetectorPolicies policies, String dimension, String key) {
    return lookup(policies, dimension, key).limit().toPlainString();
  }
}
