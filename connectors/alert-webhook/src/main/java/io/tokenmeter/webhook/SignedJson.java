package io.tokenmeter.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Alerts as JSON for any webhook, signed so that the receiver knows who sent them and when: the
 * header {@value #SIGNATURE} holds {@code t=SECONDS,v1=HEX}, where HEX is HMAC-SHA256 with the
 * secret over {@code SECONDS.BODY}.
 */
final class SignedJson implements RequestFormat {
  static final String SIGNATURE = "Tokenmeter-Signature";
  private static final String ALGORITHM = "HmacSHA256";

  private final String secret;

  SignedJson(String secret) {
    this.secret = secret;
  }

  @Override
  public AlertRequest request(AlertRecord alert, Instant now) {
    String body = AlertJson.write(AlertJson.of(alert));
    Map<String, String> headers = new LinkedHashMap<>();
    if (!secret.isEmpty()) {
      headers.put(SIGNATURE, signature(now.getEpochSecond(), body));
    }
    return new AlertRequest(body, headers);
  }

  private String signature(long seconds, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] signed = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
