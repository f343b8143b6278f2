package io.tokenmeter.pricelists;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a key of LiteLLM's list names: a provider, a model and sometimes a region.
 *
 * @param provider the provider as a usage event names it
 * @param aliases other names of that provider
 * @param places the names of the model, with the region each holds in
 * @param prefixed whether the key names its provider, which is the more specific form where two
 *     keys mean the same
 */
record LiteLlmNames(String provider, List<String> aliases, List<Place> places, boolean prefixed) {

  /**
   * A model's name and where it holds.
   *
   * @param region null for every region
   */
  record Place(@Nullable String region, String model) {}

  /** LiteLLM's provider names that are one provider to a usage event. */
  private static final Map<String, String> FOLDED =
      Map.ofEntries(
          Map.entry("azure_text", "azure"),
          Map.entry("bedrock_converse", "bedrock"),
          Map.entry("cohere_chat", "cohere"),
          Map.entry("fireworks_ai-embedding-models", "fireworks_ai"),
          Map.entry("text-completion-codestral", "codestral"),
          Map.entry("text-completion-openai", "openai"));

  private static final Pattern AZURE_REGION =
      Pattern.compile("(eu|us|global|global-standard)/(.+)");
  private static final Pattern AWS_REGION =
      Pattern.compile("([a-z]{2}(?:-[a-z]+)+-[0-9])/(?!.*-commitment/)(.+)");
  private static final Pattern BEDROCK_PROFILE =
      Pattern.compile("(us|eu|apac|ap|jp|au|ca|sa|us-gov|global)\\.([a-z0-9]+\\..+)");

  /** Takes a key apart. */
  static LiteLlmNames of(String key, String listedProvider) {
    String provider = fold(listedProvider);
    Set<String> aliases = new LinkedHashSet<>();
    if (!listedProvider.equals(provider)) {
      aliases.add(listedProvider);
    }
    aliases.addAll(ProviderNames.aliases(provider));
    int slash = key.indexOf('/');
    boolean prefixed =
        slash > 0
            && (isName(key.substring(0, slash), provider)
                || isName(key.substring(0, slash), listedProvider));
    String model = prefixed ? key.substring(slash + 1) : key;
    return new LiteLlmNames(
        provider, List.copyOf(aliases), places(provider, model, prefixed), prefixed);
  }

  private static String fold(String listed) {
    return listed.startsWith("vertex_ai-") ? "vertex_ai" : FOLDED.getOrDefault(listed, listed);
  }

  private static boolean isName(String prefix, String provider) {
    return prefix.replace('-', '_').equals(provider.replace('-', '_'));
  }

  /**
   * A region in the name is kept both ways: as the row's region for the bare model, and in the
   * model's name for events that carry it there.
   */
  private static List<Place> places(String provider, String model, boolean prefixed) {
    List<Place> places = new ArrayList<>();
    places.add(new Place(null, model));
    for (Pattern pattern : regionPatterns(provider, prefixed)) {
      Matcher region = pattern.matcher(model);
      if (region.matches()) {
        places.add(new Place(region.group(1), region.group(2)));
      }
    }
    return List.copyOf(places);
  }

  private static List<Pattern> regionPatterns(String provider, boolean prefixed) {
    return switch (provider) {
      case "azure", "azure_ai" -> prefixed ? List.of(AZURE_REGION) : List.of();
      case "bedrock" -> List.of(AWS_REGION, BEDROCK_PROFILE);
      default -> List.of();
    };
  }
}
