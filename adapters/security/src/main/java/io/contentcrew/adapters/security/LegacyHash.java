package io.contentcrew.adapters.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash of the system that this one replaces: plain bcrypt over the password, or, where that has
 * more than 72 bytes, over its SHA-256 in hexadecimal digits.
 *
 * @param salt 22 characters of bcrypt's own base 64
 * @param digest 31 characters of it
 */
record LegacyHash(int cost, String salt, String digest) {
  private static final int LONGEST_RAW = 72;

  /** Dearer ones than ours may be would keep a processor for minutes, or for days. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\$2[aby]\\$(0[4-9]|1[0-5])"
              + "\\$([./A-Za-z0-9]{21}[.Oeu])([./A-Za-z0-9]{30}[.CGKOSWaeimquy26])");

  /** The hash in that text, or empty when it is none such. */
  static Optional<LegacyHash> parse(String text) {
    Matcher hash = SHAPE.matcher(text);
    return hash.matches()
        ? Optional.of(new LegacyHash(Integer.parseInt(hash.group(1)), hash.group(2), hash.group(3)))
        : Optional.empty();
  }

  /**
   * What bcrypt was given for that password. Empty for two kinds that must not match. Sixty-four
   * hexadecimal digits may be the digest of a longer password, which would let in whoever has the
   * digest without the password. And bcrypt stops at a zero, so that what follows would not count.
   */
  static Optional<byte[]> key(byte[] password) {
    if (password.length > LONGEST_RAW) {
      return Optional.of(
          HexFormat.of().formatHex(sha256(password)).getBytes(StandardCharsets.US_ASCII));
    }
    return isDigest(password) || hasZero(password) ? Optional.empty() : Optional.of(password);
  }

  private static boolean isDigest(byte[] password) {
    boolean digits = true;
    for (byte b : password) {
      digits &= HexFormat.isHexDigit(b);
    }
    return digits && password.length == 64;
  }

  private static boolean hasZero(byte[] password) {
    for (byte b : password) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256, which all must have", e);
    }
  }

  /** Shows nothing of the hash. */
  @Override
  public String toString() {
    return "LegacyHash[cost " + cost + "]";
  }
}
