package io.tokenmeter.policyfiles;

import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** Writes files that {@link PolicyFiles} and {@link BudgetFiles} read. */
public final class PolicyFileWriter {
  private PolicyFileWriter() {}

  /** The lines of a file of policies. */
  public static List<String> policies(List<Policy<?>> policies) {
    List<String> lines = new ArrayList<>();
    lines.add(policies.isEmpty() ? "policies: []" : "policies:");
    for (Policy<?> policy : policies) {
      lines.add("  - detector: " + policy.detector().label());
      lines.add("    subjects: " + quoted(policy.subjects().toString()));
      if (!policy.enabled()) {
        lines.add("    enabled: false");
      }
      if (!policy.settings().isEmpty()) {
        lines.add("    settings:");
        policy.settings().forEach((name, text) -> lines.add("      " + name + ": " + quoted(text)));
      }
    }
    return lines;
  }

  /** The lines of a file of budgets. */
  public static List<String> budgets(List<Budget> budgets) {
    List<String> lines = new ArrayList<>();
    lines.add(budgets.isEmpty() ? "budgets: []" : "budgets:");
    for (Budget budget : budgets) {
      lines.add("  - id: " + quoted(budget.id()));
      lines.add("    subject: " + quoted(budget.subject().toString()));
      lines.add("    period: " + BudgetFiles.label(budget.period()));
      lines.add("    limit_usd: " + budget.limit().toPlainString());
      lines.add("    time_zone: " + quoted(budget.zone().getId()));
      lines.add("    thresholds_percent: " + budget.thresholds());
      if (budget.owner() != null) {
        lines.add("    owner: " + quoted(budget.owner()));
      }
    }
    return lines;
  }

  /** A double-quoted scalar; YAML reads JSON's escapes. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
