package io.contentcrew.adapters.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand, the well-signed bad ones too. */
final class Jwt {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Jwt() {}

  static String headerOf(String token) {
    return decoded(token.substring(0, token.indexOf('.')));
  }

  static String payloadOf(String token) {
    return decoded(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  static String part(String text) {
    return part(text.getBytes(StandardCharsets.UTF_8));
  }

  static String part(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** A token whose signature is that of its first two parts as they are spelt here. */
  static String signed(String headerPart, String payloadPart, String key) {
    String signed = headerPart + "." + payloadPart;
    return signed + "." + mac("HmacSHA256", signed, key);
  }

  static String mac(String algorithm, String signed, String key) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return part(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
