package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PasslibVectorsTest {
  private static final HashingGate GATE = new HashingGate(1, 64);

  @AfterAll
  static void close() {
    GATE.close();
  }

  static Stream<JsonNode> vectors() {
    return StreamSupport.stream(
        Vectors.read("passlib-bcrypt-sha256.json").get("vectors").spliterator(), false);
  }

  @Test
  void there_are_vectors_of_both_versions() {
    assertThat(vectors().filter(vector -> vector.get("version").asInt() == 1)).hasSize(18);
    assertThat(vectors().filter(vector -> vector.get("version").asInt() == 2)).hasSize(20);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void we_compute_what_passlib_computed(JsonNode vector) {
    BcryptHash hash = BcryptHash.parse(vector.get("hash").asText()).orElseThrow();

    assertThat(hash.version()).isEqualTo(vector.get("version").asInt());
    assertThat(hash.cost()).isEqualTo(vector.get("cost").asInt());
    assertThat(hash.text()).isEqualTo(vector.get("hash").asText());
    assertThat(
            BcryptSha256.digest(
                hash.version(),
                hash.cost(),
                hash.salt(),
                vector.get("password").asText().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(hash.digest());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void we_accept_what_passlib_hashed_and_call_the_old_version_outdated(JsonNode vector) {
    BcryptPasswordHasher hasher =
        new BcryptPasswordHasher(vector.get("cost").asInt(), GATE, () -> false);
    PasswordHash hash = new PasswordHash(vector.get("hash").asText());
    String password = vector.get("password").asText();

    assertThat(hasher.verify(password, hash))
        .isEqualTo(vector.get("version").asInt() == 1 ? Verdict.MATCH_OUTDATED : Verdict.MATCH);
    assertThat(hasher.verify(password + "x", hash)).isEqualTo(Verdict.MISMATCH);
  }
}
