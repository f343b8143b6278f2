package io.tokenmeter.intake.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * The tokens of the configuration: {@code tokens.NAME.sha256}, and for each what is said about its
 * usage, as {@link Attribution} has it.
 */
public final class ApiTokens {
  /** What all settings of tokens begin with. */
  public static final String PREFIX = "tokens.";

  private static final String SHA256 = "sha256";

  private final List<ApiToken> tokens;

  private ApiTokens(List<ApiToken> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /**
   * Reads settings without {@link #PREFIX}.
   *
   * @throws ConfigException naming the setting that is wrong
   */
  public static ApiTokens of(Map<String, ?> settings) {
    return new ApiTokens(
        SettingsFamily.members(PREFIX, settings).stream().map(ApiTokens::token).toList());
  }

  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** The token that was presented; compares with all of them, in constant time each. */
  public Optional<ApiToken> find(String presented) {
    TokenHash hash = TokenHash.of(presented);
    ApiToken found = null;
    for (ApiToken token : tokens) {
      if (token.hash().matches(hash)) {
        found = token;
      }
    }
    return Optional.ofNullable(found);
  }

  private static ApiToken token(SettingsFamily.Member member) {
    member.requireKnown(
        name -> name.equals(SHA256) || Attribution.isSetting(name),
        "sha256, default.FIELD or always.FIELD");
    String hash =
        member.required(SHA256, "make one with: tokenmeter intake token " + member.name());
    try {
      return new ApiToken(
          member.name(), TokenHash.parse(hash), Attribution.of(member.prefix(), member.settings()));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          member.prefix()
              + "sha256 must be the 64 hexadecimal digits of the token's SHA-256, never the token"
              + " itself; make one with: tokenmeter intake token "
              + member.name());
    }
  }
}
