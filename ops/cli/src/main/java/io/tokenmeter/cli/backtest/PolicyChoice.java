package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.policies.PolicyFile;
import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which anomaly policy of a file holds for the series. */
final class PolicyChoice {

  private PolicyChoice() {}

  /**
   * The policy of the subject or, without one, the file's only one.
   *
   * @param subject {@code DIMENSION:KEY}, null for none
   * @throws CommandFailedException if the file is wrong, leaves a choice, or switches the detector
   *     off
   */
  static AnomalyPolicy read(Path file, @Nullable String subject, PrintWriter err)
      throws IOException {
    List<Policy<?>> policies =
        PolicyFile.read(file, err).stream()
            .filter(policy -> policy.detector() == Detector.ANOMALY)
            .toList();
    if (subject == null && policies.size() != 1) {
      throw new CommandFailedException(
          file
              + " has "
              + policies.size()
              + " policies of detector anomaly; say with --subject whose series this is, such as"
              + " team:helpdesk");
    }
    AnomalyPolicy policy =
        subject == null
            ? (AnomalyPolicy) policies.get(0).value()
            : DetectorPolicies.of(policies, 1).lookup(PolicyDefinitions.ANOMALY, subject(subject));
    if (!policy.enabled()) {
      throw new CommandFailedException(file + " switches detector anomaly off for this series");
    }
    return policy;
  }

  private static Subject subject(String text) {
    int from = text.startsWith("tag:") ? "tag:".length() : 0;
    int colon = text.indexOf(':', from);
    if (colon < 1) {
      throw new CommandFailedException(
          "'" + text + "' is no subject; write DIMENSION:KEY, such as team:helpdesk");
    }
    return new Subject(text.substring(0, colon), text.substring(colon + 1));
  }
}
