package io.tokenmeter.streams.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.policy.SubjectPattern;
import io.tokenmeter.domain.run.RunState;
import io.tokenmeter.domain.run.RunawayDetector;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RunawayGateTest {
  private static final long PICOS_A_DOLLAR = 1_000_000_000_000L;
  private static final Subject WORKFLOW = new Subject("workflow", "research");

  @Test
  void everyRunThatTheDetectorReports_passes() {
    long seed = 11;
    Random random = new Random(seed);
    int reported = 0;
    int heldBack = 0;
    for (int i = 0; i < 2000; i++) {
      DetectorPolicies policies =
          DetectorPolicies.of(
              List.of(runaway("*:*", limits(random)), runaway("workflow:research", limits(random))),
              1);
      RunState run = RandomSteps.cheapRun(random, 1 + random.nextInt(30), PICOS_A_DOLLAR);
      boolean passes = new RunawayGate(() -> policies).mayPass(run);
      boolean isReported =
          RunawayDetector.judge(
                  () -> "r-1",
                  run,
                  policies.lookup(PolicyDefinitions.RUNAWAY_WORKFLOW, WORKFLOW),
                  run.lastEndMicros())
              != null;
      assertThat(passes || !isReported).as("seed %d, run %d", seed, i).isTrue();
      reported += isReported ? 1 : 0;
      heldBack += passes ? 0 : 1;
    }
    assertThat(reported).isGreaterThan(100);
    assertThat(heldBack).isGreaterThan(100);
  }

  @Test
  void limitThatIsLowered_letsARunPassThatWasHeldBack() {
    AtomicReference<DetectorPolicies> policies = new AtomicReference<>(DetectorPolicies.DEFAULTS);
    RunawayGate gate = new RunawayGate(policies::get);
    RunState run = RandomSteps.cheapRun(new Random(1), 9, PICOS_A_DOLLAR);
    assertThat(gate.mayPass(run)).isFalse();

    Policy<?> lowered = runaway("workflow:research", Map.of("limit.steps", "2"));
    policies.set(DetectorPolicies.of(List.of(lowered), 7));
    assertThat(gate.mayPass(run)).isTrue();
  }

  @Test
  void noPolicies_letNothingPass() {
    assertThat(new RunawayGate(null).mayPass(RandomSteps.run(new Random(1), 3000))).isFalse();
  }

  private static Map<String, String> limits(Random random) {
    return Map.of(
        "limit.steps", String.valueOf(random.nextInt(3) * 15),
        "limit.identical.steps", String.valueOf(random.nextInt(3) * 15),
        "limit.usd", dollars(random),
        "limit.usd.per.minute", dollars(random));
  }

  private static String dollars(Random random) {
    return String.valueOf(random.nextInt(3) * 5);
  }

  private static Policy<?> runaway(String pattern, Map<String, String> settings) {
    return Policy.of("runaway-workflow", SubjectPattern.parse(pattern), true, settings);
  }
}
