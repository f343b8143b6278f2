package io.tokenmeter.policyfiles;

import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.domain.policy.PolicyDefinition;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.policy.SubjectPattern;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files of detector policies: a list under {@code policies}. */
public final class PolicyFiles {
  private static final Set<String> KEYS = Set.of("detector", "subjects", "enabled", "settings");

  private PolicyFiles() {}

  /**
   * Reads a file.
   *
   * @throws UnreadableDocumentException if it is no YAML, or has no list of policies
   */
  public static FileContents<Policy<?>> read(Reader text) throws IOException {
    return EntryList.read(text, "policies", PolicyFiles::policy, Policy::key);
  }

  private static @Nullable Policy<?> policy(Node.Mapping entry, Errors errors) {
    int before = errors.count();
    errors.unknownKeys(entry, KEYS);
    PolicyDefinition<?> definition = errors.value(entry, "detector", true, PolicyDefinitions::of);
    SubjectPattern subjects = errors.value(entry, "subjects", false, SubjectPattern::parse);
    Boolean enabled = errors.value(entry, "enabled", false, PolicyFiles::flag);
    if (definition == null || errors.count() > before) {
      return null;
    }
    Map<String, String> settings = settings(entry, definition, errors);
    if (errors.count() > before) {
      return null;
    }
    try {
      return Policy.of(
          definition.detector().label(),
          subjects == null ? SubjectPattern.ALL : subjects,
          enabled == null || enabled,
          settings);
    } catch (IllegalArgumentException e) {
      // Each setting is right in itself; they do not go together.
      errors.add(entry.line(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static Map<String, String> settings(
      Node.Mapping entry, PolicyDefinition<?> definition, Errors errors) {
    Map<String, String> settings = new LinkedHashMap<>();
    Node value = entry.get("settings");
    if (value instanceof Node.Mapping mapping) {
      for (Node.Entry setting : mapping.entries()) {
        String name = setting.key();
        String text = errors.text(mapping, name, true);
        if (text != null) {
          check(definition, name, text, setting.line(), errors);
          settings.put(name, text);
        }
      }
    } else if (value != null) {
      errors.add(value.line(), "settings must be a mapping of names to values");
    }
    return settings;
  }

  private static void check(
      PolicyDefinition<?> definition, String name, String text, int line, Errors errors) {
    try {
      definition.setting(name).read(text);
    } catch (IllegalArgumentException e) {
      errors.add(line, String.valueOf(e.getMessage()));
    }
  }

  private static Boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("enabled must be true or false, not '" + text + "'");
    }
    return Boolean.valueOf(text);
  }
}
