package io.contentcrew.adapters.security;

import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

/** Hashes passwords with bcrypt behind a gate. */
final class BcryptPasswordHasher implements PasswordHasher {
  private final int cost;
  private final HashingGate gate;
  private final SecureRandom random = new SecureRandom();

  /** A hash of no password: its digest is random, which bcrypt need not be asked for. */
  private final BcryptHash nobodys;

  BcryptPasswordHasher(int cost, HashingGate gate) {
    this.cost = cost;
    this.gate = gate;
    this.nobodys =
        new BcryptHash(
            BcryptHash.VERSION,
            BcryptHash.TYPE,
            cost,
            BcryptSha256.salt(bytes(16)),
            BcryptSha256.salt(bytes(23)));
  }

  @Override
  public PasswordHash hash(String password) {
    byte[] utf8 =
        utf8(password)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the password holds half a character (an unpaired surrogate)"));
    String salt = BcryptSha256.salt(bytes(16));
    String digest = gate.run(() -> BcryptSha256.digest(BcryptHash.VERSION, cost, salt, utf8));
    return new PasswordHash(
        new BcryptHash(BcryptHash.VERSION, BcryptHash.TYPE, cost, salt, digest).text());
  }

  @Override
  public Verdict verify(String password, PasswordHash hash) {
    Optional<BcryptHash> known = BcryptHash.parse(hash.value());
    Optional<byte[]> utf8 = utf8(password);
    if (known.isEmpty() || utf8.isEmpty()) {
      pretendToVerify(password);
      return Verdict.MISMATCH;
    }
    if (!matches(utf8.get(), known.get())) {
      return Verdict.MISMATCH;
    }
    return known.get().isWeakerThan(cost) ? Verdict.MATCH_OUTDATED : Verdict.MATCH;
  }

  @Override
  public void pretendToVerify(String password) {
    matches(utf8(password).orElseGet(() -> new byte[0]), nobodys);
  }

  private boolean matches(byte[] password, BcryptHash hash) {
    String digest =
        gate.run(() -> BcryptSha256.digest(hash.version(), hash.cost(), hash.salt(), password));
    return MessageDigest.isEqual(
        digest.getBytes(StandardCharsets.US_ASCII),
        hash.digest().getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The password's bytes; empty where it holds half a character, which has none. */
  private static Optional<byte[]> utf8(String password) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Optional.of(bytes);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
