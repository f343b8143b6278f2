package io.tokenmeter.mapping.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Event ids out of a source's own ids, so that whatever is sent again is a duplicate.
 *
 * <p>{@code litellm/chatcmpl-1}: the kind of source, then its ids, in which a slash is written %2F.
 * Ids that would make a long text are hashed.
 */
public final class EventIds {

  /** Longest id that stays readable, characters. */
  static final int MAX_LENGTH = 200;

  private EventIds() {}

  /** The event id of what {@code source} calls by these ids together. */
  public static String of(String source, String... ids) {
    String path =
        Arrays.stream(ids)
            .map(id -> id.replace("%", "%25").replace("/", "%2F"))
            .collect(Collectors.joining("/"));
    return source + "/" + (path.length() <= MAX_LENGTH ? path : "sha256-" + sha256(path));
  }

  /** SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
  static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
