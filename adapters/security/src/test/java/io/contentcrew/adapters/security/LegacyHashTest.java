package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.PasswordHasher.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes of the system that this one replaces. */
class LegacyHashTest {
  private static final String SALT = "cvCFvAT199bskxf6ipPwtu";
  private static final String DIGEST = "emOd6GgRxuOW3lsMKMUqXxx/axg33Um";

  private final HashingGate gate = new HashingGate(1, 8);
  private final AtomicBoolean counted = new AtomicBoolean(true);
  private final PasswordHasher hasher = new BcryptPasswordHasher(5, gate, counted::get);

  @AfterEach
  void close() {
    gate.close();
  }

  static Stream<JsonNode> vectors() {
    return StreamSupport.stream(
        Vectors.read("legacy-bcrypt.json").get("vectors").spliterator(), false);
  }

  private static boolean mustNotMatch(String password) {
    return password.matches("[0-9a-fA-F]{64}");
  }

  @Test
  void there_are_vectors_for_each_prefix_and_for_those_that_must_not_match() {
    for (String prefix : new String[] {"$2a$", "$2b$", "$2y$"}) {
      assertThat(vectors().filter(vector -> vector.get("hash").asText().startsWith(prefix)))
          .hasSize(18);
    }
    assertThat(vectors().filter(vector -> mustNotMatch(vector.get("password").asText())))
        .hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_password_matches_as_outdated_so_that_it_is_hashed_anew(JsonNode vector) {
    String password = vector.get("password").asText();
    PasswordHash hash = new PasswordHash(vector.get("hash").asText());

    assertThat(hasher.verify(password, hash))
        .isEqualTo(mustNotMatch(password) ? Verdict.MISMATCH : Verdict.MATCH_OUTDATED);
    assertThat(hasher.verify(password + "x", hash)).isEqualTo(Verdict.MISMATCH);
    assertThat(hasher.verify("y" + password, hash)).isEqualTo(Verdict.MISMATCH);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void none_matches_when_they_count_no_more(JsonNode vector) {
    counted.set(false);

    assertThat(
            hasher.verify(
                vector.get("password").asText(), new PasswordHash(vector.get("hash").asText())))
        .isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void the_digest_of_a_long_password_is_not_the_password() throws Exception {
    String password = "long ".repeat(30);
    PasswordHash hash = legacy(digest(password));

    assertThat(hasher.verify(password, hash)).isEqualTo(Verdict.MATCH_OUTDATED);
    assertThat(hasher.verify(digest(password), hash)).isEqualTo(Verdict.MISMATCH);
    assertThat(hasher.verify(digest(password).toUpperCase(Locale.ROOT), hash))
        .isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void sixty_four_hexadecimal_digits_match_in_no_case_and_others_of_that_length_do() {
    for (String digits : new String[] {"0f".repeat(32), "0F".repeat(32), "0".repeat(64)}) {
      assertThat(hasher.verify(digits, legacy(digits))).as(digits).isEqualTo(Verdict.MISMATCH);
    }
    for (String other : new String[] {"0".repeat(63), "0".repeat(65), "0".repeat(63) + "g"}) {
      assertThat(hasher.verify(other, legacy(other))).as(other).isEqualTo(Verdict.MATCH_OUTDATED);
    }
  }

  @Test
  void what_follows_a_zero_counts_or_nothing_matches() {
    PasswordHash hash = legacy("password");

    assertThat(hasher.verify("password", hash)).isEqualTo(Verdict.MATCH_OUTDATED);
    for (String zero : new String[] {"password\0", "password\0more", "\0password", "\0"}) {
      assertThat(hasher.verify(zero, hash)).isEqualTo(Verdict.MISMATCH);
      assertThat(hasher.verify(zero, legacy(zero))).isEqualTo(Verdict.MISMATCH);
    }
    assertThat(hasher.verify("\0", legacy(""))).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void half_a_character_matches_nothing() {
    assertThat(hasher.verify("a\uD83D", legacy("a?"))).isEqualTo(Verdict.MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2b$03$SALTDIGEST",
        "$2b$16$SALTDIGEST", // would keep a processor for many seconds
        "$2b$31$SALTDIGEST",
        "$2b$99$SALTDIGEST",
        "$2b$5$SALTDIGEST",
        "$2b$005$SALTDIGEST",
        "$2$05$SALTDIGEST",
        "$2x$05$SALTDIGEST",
        "$2B$05$SALTDIGEST",
        "$2b$05$SALT$DIGEST",
        "$2b$05$SALT",
        "$2b$05$SALTDIGEST\n",
        " $2b$05$SALTDIGEST",
        "2b$05$SALTDIGEST",
        ""
      })
  void anything_else_is_no_such_hash(String text) {
    String filled = text.replace("SALT", SALT).replace("DIGEST", DIGEST);

    assertThat(LegacyHash.parse(filled)).isEmpty();
    assertThat(hasher.verify("password", new PasswordHash(filled))).isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void spare_bits_in_salt_or_digest_are_refused() {
    assertThat(LegacyHash.parse("$2b$05$" + SALT + DIGEST)).isPresent();
    for (char last : "/ABCNPYZabcdftvwyz0123456789".toCharArray()) {
      assertThat(LegacyHash.parse("$2b$05$" + SALT.substring(0, 21) + last + DIGEST)).isEmpty();
    }
    for (char last : "/ABDEFHIJLN".toCharArray()) {
      assertThat(LegacyHash.parse("$2b$05$" + SALT + DIGEST.substring(0, 30) + last)).isEmpty();
    }
  }

  @Test
  void it_does_not_show_itself() {
    assertThat(LegacyHash.parse("$2b$05$" + SALT + DIGEST).orElseThrow().toString())
        .contains("5")
        .doesNotContain(SALT, DIGEST);
  }

  /** As the old system hashed, without its rule for lengths. */
  private static PasswordHash legacy(String key) {
    return new PasswordHash(
        "$2b$05$" + SALT + BcryptSha256.bcrypt(5, SALT, key.getBytes(StandardCharsets.UTF_8)));
  }

  private static String digest(String password) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8)));
  }
}
