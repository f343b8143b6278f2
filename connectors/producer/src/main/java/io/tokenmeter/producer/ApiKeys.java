package io.tokenmeter.producer;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells an API key from its alias or hash. A key itself never enters an event. */
public final class ApiKeys {

  /** The forms of well-known providers' keys, and of bearer tokens. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)(bearer .+|(sk|pk|rk|gsk|xai|hf)[-_][a-z0-9_-]{20,}|AIza[\\w-]{30,})");

  private ApiKeys() {}

  /** Whether the text looks like a key. */
  public static boolean isSecret(@Nullable String text) {
    return text != null && SECRET.matcher(text).matches();
  }
}
