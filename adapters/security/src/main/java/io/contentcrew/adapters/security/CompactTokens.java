package io.contentcrew.adapters.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON Web Signatures in compact form (RFC 7515), of which we take only what we write: HS256, a key
 * of the ring, one type, and one spelling for each token. Of anything else it says only that it is
 * none.
 */
final class CompactTokens {
  /** The longest token, in characters. */
  static final int MAX_LENGTH = 4096;

  /** A header that names an address, a key or an extension is a stranger's wish: refused. */
  private static final Set<String> MEMBERS = Set.of("alg", "typ", "kid");

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final KeyRing keys;
  private final @Nullable String type;

  /** The headers as we spell them: nearly every token has one of them, and need not be parsed. */
  private final Map<String, SigningKey> ownHeaders = new HashMap<>();

  /** Tokens of that type; null for tokens without one. */
  CompactTokens(KeyRing keys, @Nullable String type) {
    this.keys = keys;
    this.type = type;
    keys.all().forEach(key -> ownHeaders.put(header(key), key));
  }

  private String header(SigningKey key) {
    String typ = type == null ? "" : "\"typ\":\"" + type + "\",";
    return encode(ascii("{\"alg\":\"HS256\"," + typ + "\"kid\":\"" + key.id() + "\"}"));
  }

  /** A token that holds {@code payload}. */
  String sign(byte[] payload) {
    SigningKey key = keys.current();
    String signed = header(key) + "." + encode(payload);
    return signed + "." + encode(key.sign(ascii(signed)));
  }

  /**
   * What the token holds; empty unless it is well-formed, of our type, and signed by a key of the
   * ring.
   */
  Optional<byte[]> verify(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (token.length() > MAX_LENGTH
        || first < 0
        || second < 0
        || token.indexOf('.', second + 1) >= 0) {
      return Optional.empty();
    }
    Optional<byte[]> payload = decode(token.substring(first + 1, second));
    Optional<byte[]> signature = decode(token.substring(second + 1));
    Optional<SigningKey> key = key(token.substring(0, first));
    if (payload.isEmpty() || signature.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    byte[] expected = key.get().sign(ascii(token.substring(0, second)));
    return MessageDigest.isEqual(expected, signature.get()) ? payload : Optional.empty();
  }

  private Optional<SigningKey> key(String header) {
    SigningKey key = ownHeaders.get(header);
    return key != null
        ? Optional.of(key)
        : decode(header).flatMap(FlatJson::parse).flatMap(this::key);
  }

  private Optional<SigningKey> key(Map<String, Object> header) {
    boolean ours =
        MEMBERS.containsAll(header.keySet())
            && "HS256".equals(header.get("alg"))
            && Objects.equals(header.get("typ"), type);
    return ours && header.get("kid") instanceof String id ? keys.find(id) : Optional.empty();
  }

  private static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** The bytes, if {@code text} is how they are written, and not just one way to write them. */
  private static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = DECODER.decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
