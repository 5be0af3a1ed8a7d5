package io.contentcrew.adapters.security;

import io.contentcrew.ports.user.Seals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * Seals by HMAC-SHA256. For each purpose there is a key of its own, derived from a key that is
 * derived from one of the ring's. What the ring's key signs for that holds no dot, as every token
 * does: so no token's signature is such a key, and no seal is a token's signature.
 */
final class HmacSeals implements Seals {
  private static final byte[] DERIVATION = "contentcrew seals".getBytes(StandardCharsets.US_ASCII);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SigningKey current;
  private final List<SigningKey> all;

  HmacSeals(KeyRing keys) {
    current = derived(keys.current(), DERIVATION);
    all = keys.all().stream().map(key -> derived(key, DERIVATION)).toList();
  }

  @Override
  public String seal(String purpose, String text) {
    return seal(current, purpose, text);
  }

  @Override
  public boolean isGenuine(String purpose, String text, String seal) {
    byte[] claimed = seal.getBytes(StandardCharsets.UTF_8);
    boolean genuine = false;
    for (SigningKey key : all) { // all of them, always: the time must not tell which one fits
      byte[] expected = seal(key, purpose, text).getBytes(StandardCharsets.UTF_8);
      genuine |= MessageDigest.isEqual(expected, claimed);
    }
    return genuine;
  }

  private static String seal(SigningKey key, String purpose, String text) {
    return ENCODER.encodeToString(derived(key, bytes(purpose)).sign(bytes(text)));
  }

  private static SigningKey derived(SigningKey key, byte[] what) {
    return new SigningKey("", key.sign(what));
  }

  /** Two bytes for each char: as UTF-8, different texts with halves of characters become one. */
  private static byte[] bytes(String text) {
    byte[] bytes = new byte[2 * text.length()];
    ByteBuffer.wrap(bytes).asCharBuffer().put(text);
    return bytes;
  }
}
