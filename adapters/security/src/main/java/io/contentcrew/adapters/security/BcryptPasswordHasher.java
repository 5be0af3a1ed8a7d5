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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Hashes passwords with bcrypt behind a gate. Whatever is compared with whatever takes as long as a
 * new hash: with a cheaper hash the rest of the time is spent on nothing, so that the clock does
 * not tell old accounts from those that are not there. Only hashes from before the cost was lowered
 * take longer.
 */
final class BcryptPasswordHasher implements PasswordHasher {
  private final int cost;

  /** Whether hashes of the system that this one replaces still count. */
  private final BooleanSupplier legacyHashes;

  private final HashingGate gate;
  private final SecureRandom random = new SecureRandom();

  /** A hash of no password: its digest is random, which bcrypt need not be asked for. */
  private final BcryptHash nobodys;

  BcryptPasswordHasher(int cost, HashingGate gate, BooleanSupplier legacyHashes) {
    this.cost = cost;
    this.legacyHashes = legacyHashes;
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
    Optional<byte[]> utf8 = utf8(password);
    if (utf8.isPresent()) {
      Optional<BcryptHash> own = BcryptHash.parse(hash.value());
      if (own.isPresent()) {
        return verdict(utf8.get(), own.get());
      }
      Optional<LegacyHash> legacy =
          legacyHashes.getAsBoolean() ? LegacyHash.parse(hash.value()) : Optional.empty();
      if (legacy.isPresent()) {
        return matches(utf8.get(), legacy.get()) ? Verdict.MATCH_OUTDATED : Verdict.MISMATCH;
      }
    }
    pretendToVerify(password);
    return Verdict.MISMATCH;
  }

  private Verdict verdict(byte[] password, BcryptHash hash) {
    if (!matches(password, hash)) {
      return Verdict.MISMATCH;
    }
    return hash.isWeakerThan(cost) ? Verdict.MATCH_OUTDATED : Verdict.MATCH;
  }

  @Override
  public void pretendToVerify(String password) {
    matches(utf8(password).orElseGet(() -> new byte[0]), nobodys);
  }

  private boolean matches(byte[] password, BcryptHash hash) {
    String digest =
        atFullCost(
            hash.cost(),
            () -> BcryptSha256.digest(hash.version(), hash.cost(), hash.salt(), password));
    return isEqual(digest, hash.digest());
  }

  private boolean matches(byte[] password, LegacyHash hash) {
    Optional<byte[]> key = LegacyHash.key(password);
    byte[] hashed = key.orElseGet(() -> new byte[0]); // in vain, but not for less
    String digest =
        atFullCost(hash.cost(), () -> BcryptSha256.bcrypt(hash.cost(), hash.salt(), hashed));
    return isEqual(digest, hash.digest()) && key.isPresent();
  }

  /** Each step of the cost doubles the work: all steps below the full one add up to the rest. */
  private String atFullCost(int spent, Supplier<String> work) {
    return gate.run(
        () -> {
          String digest = work.get();
          for (int rest = spent; rest < cost; rest++) {
            BcryptSha256.digest(BcryptHash.VERSION, rest, nobodys.salt(), new byte[0]);
          }
          return digest;
        });
  }

  private static boolean isEqual(String digest, String other) {
    return MessageDigest.isEqual(
        digest.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
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
