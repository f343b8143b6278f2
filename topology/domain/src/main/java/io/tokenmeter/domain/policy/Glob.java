package io.tokenmeter.domain.policy;

/**
 * Matches keys against {@code *} and {@code ?}, in steps no more than the product of the lengths.
 */
public final class Glob {
  private Glob() {}

  static boolean isWildcard(int character) {
    return character == '*' || character == '?';
  }

  /** Whether a key matches; case matters. */
  public static boolean matches(String glob, String key) {
    int at = 0;
    int star = -1;
    int afterStar = 0;
    for (int i = 0; i < key.length(); ) {
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        afterStar = i;
      } else if (at < glob.length()
          && (glob.charAt(at) == '?' || glob.charAt(at) == key.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        // The last star takes one character more.
        at = star + 1;
        i = ++afterStar;
      } else {
        return false;
      }
    }
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    return at == glob.length();
  }
}
