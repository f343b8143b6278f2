package io.tokenmeter.cli.policies;

import io.tokenmeter.domain.policy.PolicyDefinition;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.policy.Setting;
import java.util.ArrayList;
import java.util.List;

/** The reference of policies, made from the definitions that the detectors read them by. */
final class PolicyPage {
  private static final String INTRODUCTION =
      """
      # Policies and budgets

      How the detectors judge whom. This page is printed by `ops/tokenmeter policies settings`; a test
      compares the two. Examples: [ops/policies](../ops/policies).

      ## Policies

      `ops/tokenmeter policies apply FILE` reads a YAML file:

      ```yaml
      policies:
        - detector: anomaly            # one of those below
          subjects: "api_key:prod-*"   # DIMENSION:GLOB; default "*:*", all subjects
          enabled: true                # default true; false: the detector leaves them alone
          settings:                    # by name, as below; what is not set is the default
            minimum.ratio: 2
      ```

      In a pattern, `*` stands for any characters and `?` for one; case matters. `*` as dimension stands
      for all. `team:` is usage without a team.

      Of the policies of a detector that match a subject, the most specific one holds, alone: it takes
      nothing from the others, and what it does not set is the default. More specific is, in this order:
      a pattern that names the dimension, a key without wildcards, more letters, fewer stars; then the
      alphabet decides. A policy holds from the moment it is applied.

      Dollars are in decimal notation; times are written as `90s`, `15m`, `1h30m` or `7d`.

      ## Budgets

      `ops/tokenmeter budgets apply FILE` reads a YAML file:

      ```yaml
      budgets:
        - id: helpdesk-monthly         # tells budgets apart
          subject: team:helpdesk       # DIMENSION:KEY; the dimension must be one of rollup.dimensions
          period: month                # day or month
          limit_usd: 50
          time_zone: Europe/Berlin     # where days and months begin; default UTC
          thresholds_percent: [50, 80, 100]   # the default
          owner: helpdesk@example.com  # optional
      ```

      A threshold fires when the period's spend reaches it, once a period, several in order, and ends with
      the period. What was spent before the budget was applied counts. When the limit is raised, alerts
      that are not true any more end, and fire again only when the new amounts are reached. From an eighth
      of the period on a forecast fires, once a period, if the limit is going to be reached with 95 %
      confidence; it ends when that is no longer expected, or when the limit is reached.
      """;

  private PolicyPage() {}

  static List<String> lines() {
    List<String> lines = new ArrayList<>(INTRODUCTION.lines().toList());
    for (PolicyDefinition<?> definition : PolicyDefinitions.ALL) {
      lines.add("");
      lines.add("## Detector " + definition.detector().label());
      lines.add("");
      lines.add("| setting | default | what it may be | what it is |");
      lines.add("|---|---|---|---|");
      for (Setting<?> setting : definition.settings()) {
        lines.add(
            "| `%s` | `%s` | %s | %s |"
                .formatted(
                    setting.name(),
                    setting.defaultText(),
                    setting.type().description(),
                    setting.doc()));
      }
    }
    return lines;
  }
}
