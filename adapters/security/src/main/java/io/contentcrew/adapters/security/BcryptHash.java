package io.contentcrew.adapters.security;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password's hash as passlib's {@code bcrypt_sha256} writes it, in version 2 or in the older
 * version 1. The salt ends in one of the four characters that have no spare bits: others would give
 * one hash several names, and passlib refuses them.
 *
 * @param type {@code 2a} or {@code 2b}; the same for passwords like ours, which are short and hold
 *     no zero
 * @param salt 22 characters of bcrypt's own base 64
 * @param digest 31 characters of it
 */
record BcryptHash(int version, String type, int cost, String salt, String digest) {
  static final int VERSION = 2;
  static final String TYPE = "2b";

  private static final String TAIL =
      "\\$([./A-Za-z0-9]{21}[.Oeu])\\$([./A-Za-z0-9]{30}[.CGKOSWaeimquy26])";
  private static final String COST = "([4-9]|1[0-5])";
  private static final Pattern V1 = Pattern.compile("\\$bcrypt-sha256\\$(2[ab])," + COST + TAIL);
  private static final Pattern V2 =
      Pattern.compile("\\$bcrypt-sha256\\$v=2,t=(2[ab]),r=" + COST + TAIL);

  /** The hash in that text, or empty when it is none of ours. */
  static Optional<BcryptHash> parse(String text) {
    return match(2, V2.matcher(text)).or(() -> match(1, V1.matcher(text)));
  }

  private static Optional<BcryptHash> match(int version, Matcher hash) {
    return hash.matches()
        ? Optional.of(
            new BcryptHash(
                version,
                hash.group(1),
                Integer.parseInt(hash.group(2)),
                hash.group(3),
                hash.group(4)))
        : Optional.empty();
  }

  /** Whether a hash made now at {@code currentCost} would be stronger. */
  boolean isWeakerThan(int currentCost) {
    return version < VERSION || cost < currentCost;
  }

  /** How it is kept. */
  String text() {
    String head = version == 1 ? type + "," + cost : "v=" + version + ",t=" + type + ",r=" + cost;
    return "$bcrypt-sha256$" + head + "$" + salt + "$" + digest;
  }

  /** Shows nothing of the hash. */
  @Override
  public String toString() {
    return "BcryptHash[version " + version + ", cost " + cost + "]";
  }
}
