package io.contentcrew.adapters.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for HMAC-SHA256 with the name by which tokens refer to it. Safe for use by many threads.
 */
final class SigningKey {
  private static final String ALGORITHM = "HmacSHA256";

  private final String id;
  private final SecretKeySpec key;

  /** Holds the key already; its copies save looking for a provider on each request. */
  private final Mac prototype;

  SigningKey(String id, byte[] key) {
    this.id = id;
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.prototype = newMac();
  }

  /**
   * A key named after itself, so that all instances that share it call it the same. The name is a
   * MAC of a text that is no token, and tells nothing of the key.
   */
  static SigningKey of(String secret) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    byte[] name =
        new SigningKey("", key).sign("contentcrew key id".getBytes(StandardCharsets.US_ASCII));
    return new SigningKey(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(name, 9)), key);
  }

  /** The name: what stands in a token as {@code kid}. */
  String id() {
    return id;
  }

  /** The MAC of {@code data}, 32 bytes. */
  byte[] sign(byte[] data) {
    return mac().doFinal(data);
  }

  private Mac mac() {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      return newMac(); // a provider of hardware keys, say
    }
  }

  private Mac newMac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks " + ALGORITHM, e);
    }
  }
}
