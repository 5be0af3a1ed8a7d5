package io.contentcrew.domain.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is kept of something that must not be readable where it is kept, such as a token: its
 * SHA-256. Only for what nobody can guess; passwords need far more.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record Digest(String hex) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

  public Digest {
    if (!SHAPE.matcher(hex).matches()) {
      throw new IllegalArgumentException("a digest has 64 hexadecimal digits");
    }
  }

  /** The digest of a text, in UTF-8. */
  public static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digest of some bytes. */
  public static Digest of(byte[] bytes) {
    try {
      return new Digest(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The digest of those 32 bytes, which are one. */
  public static Digest ofBytes(byte[] digest) {
    return new Digest(HexFormat.of().formatHex(digest));
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
