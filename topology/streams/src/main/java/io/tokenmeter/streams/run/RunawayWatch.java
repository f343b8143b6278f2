package io.tokenmeter.streams.run;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.run.RunState;
import io.tokenmeter.domain.run.RunawayDetector;
import io.tokenmeter.domain.run.RunawayPolicy;
import io.tokenmeter.streams.policy.PolicyLookup;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges a task's runs by the policies that hold for their workflows now. */
final class RunawayWatch {
  private final @Nullable PolicyLookup<RunawayPolicy> policies;
  private final RunawayGate gate;

  /**
   * A watch.
   *
   * @param policies gives all policies as they are now; null if nothing is watched
   */
  RunawayWatch(@Nullable Supplier<DetectorPolicies> policies) {
    this.policies =
        policies == null ? null : new PolicyLookup<>(policies, PolicyDefinitions.RUNAWAY_WORKFLOW);
    gate = new RunawayGate(policies);
  }

  /** The finding that begins, if a run that has changed is a runaway now. */
  @Nullable Finding judge(TrackedRun run, long nowMicros) {
    if (policies == null || run.state.life().isClosed() || !gate.mayPass(run.state)) {
      return null;
    }
    return RunawayDetector.judge(run::id, run.state, policies.of(subject(run.state)), nowMicros);
  }

  /** The finding that ends, if a run that has closed was a runaway. */
  @Nullable Finding end(TrackedRun run, long nowMicros) {
    // Asked of every run: the policy is looked up only for those that were one.
    if (policies == null || !run.state.life().isRunaway()) {
      return null;
    }
    return RunawayDetector.end(run::id, run.state, policies.of(subject(run.state)), nowMicros);
  }

  private static Subject subject(RunState run) {
    String workflow = run.workflow();
    return new Subject("workflow", workflow == null ? "" : workflow);
  }
}
