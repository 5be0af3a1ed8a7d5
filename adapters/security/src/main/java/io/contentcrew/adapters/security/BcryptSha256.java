package io.contentcrew.adapters.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.Radix64Encoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * bcrypt over a digest of the password, as passlib's {@code bcrypt_sha256} does it: so that no
 * password is cut at 72 bytes or at a zero. The digest goes in as base 64, because raw bytes may
 * hold a zero, and is keyed with the salt, because a plain one could be tried against digests that
 * leaked elsewhere.
 */
final class BcryptSha256 {
  private static final Radix64Encoder RADIX64 = new Radix64Encoder.Default();

  private BcryptSha256() {}

  /** The digest of {@code password} under that salt, in 31 characters. */
  static String digest(int version, int cost, String salt, byte[] password) {
    return bcrypt(cost, salt, Base64.getEncoder().encode(prehash(version, salt, password)));
  }

  /** The digest of {@code key}, at most 72 bytes, by bcrypt alone. */
  static String bcrypt(int cost, String salt, byte[] key) {
    byte[] rawSalt = RADIX64.decode(ascii(salt));
    byte[] raw = BCrypt.with(BCrypt.Version.VERSION_2B).hashRaw(cost, rawSalt, key).rawHash;
    return new String(RADIX64.encode(raw), StandardCharsets.US_ASCII);
  }

  /** Sixteen random bytes as a salt: 22 characters, the last without spare bits. */
  static String salt(byte[] random) {
    return new String(RADIX64.encode(random), StandardCharsets.US_ASCII);
  }

  private static byte[] prehash(int version, String salt, byte[] password) {
    try {
      if (version == 1) {
        return MessageDigest.getInstance("SHA-256").digest(password);
      }
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(ascii(salt), "HmacSHA256"));
      return mac.doFinal(password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256, which all must have", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
