package io.tokenmeter.intake.http;

import io.tokenmeter.intake.config.ApiToken;
import io.tokenmeter.intake.config.ApiTokens;
import io.tokenmeter.intake.config.Attribution;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Who a request says it comes from: {@code Authorization: Bearer TOKEN} or {@code X-Api-Key}. */
final class Credentials {
  private static final String BEARER = "bearer ";
  private static final String API_KEY = "X-Api-Key";

  private final ApiTokens tokens;
  private final boolean required;

  Credentials(ApiTokens tokens, boolean required) {
    this.tokens = tokens;
    this.required = required;
  }

  /**
   * What is said about all usage of the sender.
   *
   * @throws Refusal if there is no token where one is required, or one that is not known
   */
  Attribution check(HttpFields headers) {
    String token = token(headers);
    if (token == null && !required) {
      return Attribution.NONE;
    }
    if (token == null) {
      throw Refusal.unauthorized("send an API token as 'Authorization: Bearer TOKEN'");
    }
    return tokens
        .find(token)
        .map(ApiToken::attribution)
        .orElseThrow(() -> Refusal.unauthorized("the API token is not one of the intake's"));
  }

  private static @Nullable String token(HttpFields headers) {
    String authorization = headers.get(HttpHeader.AUTHORIZATION);
    if (authorization == null) {
      return headers.get(API_KEY);
    }
    boolean bearer = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
    return bearer ? authorization.substring(BEARER.length()).strip() : authorization.strip();
  }
}
