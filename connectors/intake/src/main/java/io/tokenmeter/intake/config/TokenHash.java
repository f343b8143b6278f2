package io.tokenmeter.intake.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What the configuration holds of a token: its SHA-256.
 *
 * <p>A plain hash is enough because tokens are made here out of 256 random bits: there is nothing
 * to guess that a slow hash would make dearer.
 */
public final class TokenHash {
  private static final int RANDOM_BYTES = 32;
  private static final int HASH_BYTES = 32;

  private final byte[] hash;

  private TokenHash(byte[] hash) {
    this.hash = hash;
  }

  /**
   * A hash as the configuration has it.
   *
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits
   */
  static TokenHash parse(String hexadecimal) {
    byte[] bytes = HexFormat.of().parseHex(hexadecimal.strip());
    if (bytes.length != HASH_BYTES) {
      throw new IllegalArgumentException("it has " + bytes.length + " bytes");
    }
    return new TokenHash(bytes);
  }

  /** The hash of a token. */
  public static TokenHash of(String token) {
    try {
      return new TokenHash(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A new token, to be told once. */
  public static String newToken(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return "tmk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether both are of the same token; takes as long for any pair. */
  boolean matches(TokenHash other) {
    return MessageDigest.isEqual(hash, other.hash);
  }

  /** 64 hexadecimal digits, as the configuration takes it. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(hash);
  }
}
