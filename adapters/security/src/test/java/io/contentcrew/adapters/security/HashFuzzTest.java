package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.PasswordHasher.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a stored hash: nothing is thrown, and it lets nobody else in. */
class HashFuzzTest {
  private static final String PASSWORD = "correct horse battery staple";

  private final HashingGate gate = new HashingGate(1, 8);
  private final PasswordHasher hasher = new BcryptPasswordHasher(4, gate, () -> true);

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private static String salt(Random random) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    return BcryptSha256.salt(salt);
  }

  private static String own(Random random, int version) {
    String salt = salt(random);
    byte[] password = PASSWORD.getBytes(StandardCharsets.UTF_8);
    String digest = BcryptSha256.digest(version, 4, salt, password);
    return new BcryptHash(version, "2b", 4, salt, digest).text();
  }

  private static String legacy(Random random) {
    String salt = salt(random);
    return "$2b$04$"
        + salt
        + BcryptSha256.bcrypt(4, salt, PASSWORD.getBytes(StandardCharsets.UTF_8));
  }

  private static final List<String> HASHES =
      IntStream.range(0, 12)
          .mapToObj(Random::new)
          .map(random -> List.of(own(random, 1), own(random, 2), legacy(random)))
          .flatMap(List::stream)
          .toList();

  private static String any(Random random) {
    return HASHES.get(random.nextInt(HASHES.size()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_read_is_written_as_it_was(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      String hash = any(random);
      String changed = Mutations.of(random, hash, any(random));
      Optional<BcryptHash> own = BcryptHash.parse(changed);
      Optional<LegacyHash> legacy = LegacyHash.parse(changed);

      own.ifPresent(
          read -> {
            assertThat(read.text()).isEqualTo(changed);
            assertThat(read.cost()).isBetween(4, 15);
          });
      legacy.ifPresent(read -> assertThat(read.cost()).isBetween(4, 15));
      assertThat(own.isPresent() && legacy.isPresent()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_changed_hash_matches_only_if_it_means_the_same(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      String hash = any(random);
      String other = any(random);
      String changed = Mutations.of(random, hash, other);
      boolean dear =
          BcryptHash.parse(changed).map(BcryptHash::cost).orElse(0) > 8
              || LegacyHash.parse(changed).map(LegacyHash::cost).orElse(0) > 8;
      if (!dear) {
        Verdict verdict = hasher.verify(PASSWORD, new PasswordHash(changed));
        assertThat(verdict != Verdict.MISMATCH)
            .as("seed %s, round %s: %s", seed, round, changed)
            .isEqualTo(
                List.of(withoutType(hash), withoutType(other)).contains(withoutType(changed)));
      }
    }
  }

  /** 2a, 2b and 2y mean the same for passwords like ours. */
  private static String withoutType(String hash) {
    return hash.replaceFirst("^(\\$bcrypt-sha256\\$(?:v=2,t=)?)2[ab],", "$1-,")
        .replaceFirst("^\\$2[aby]\\$", "\\$-\\$");
  }
}
