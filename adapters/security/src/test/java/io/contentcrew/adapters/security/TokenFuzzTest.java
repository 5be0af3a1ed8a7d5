package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.AccessTokens.Claims;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a token: nothing is thrown, and nothing but the token itself is read. */
class TokenFuzzTest {
  private static final String KEY = "a key of ours, which is long enough";
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final int ROUNDS = 300;

  private final AccessTokens tokens =
      SecurityAdapter.open(SecurityConfig.of(Secret.of(KEY))).accessTokens();

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  private static Session session(Random random) {
    return new Session(
        new SessionId(new UUID(random.nextLong(), random.nextLong())),
        new UserId(new UUID(random.nextLong(), random.nextLong())),
        NOW.minusSeconds(random.nextInt(3_600)),
        NOW.plusSeconds(random.nextInt(1, 3_600)),
        "");
  }

  private Optional<Claims> read(String token) {
    return tokens.read(token, NOW);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_session_comes_back_as_it_went(int seed) {
    Session session = session(new Random(seed));

    assertThat(read(tokens.issue(session).reveal()))
        .contains(
            new Claims(
                session.userId(),
                session.id(),
                session.expiresAt().truncatedTo(ChronoUnit.SECONDS)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_changed_token_is_never_read(int seed) {
    Random random = new Random(seed);
    String token = tokens.issue(session(random)).reveal();
    String other = tokens.issue(session(random)).reveal();
    for (int round = 0; round < ROUNDS; round++) {
      String changed = Mutations.of(random, token, other);
      assertThat(read(changed).isPresent())
          .as("seed %s, round %s: %s", seed, round, changed)
          .isEqualTo(changed.equals(token) || changed.equals(other));
    }
  }

  /** Signed well, so that what is behind the signature meets the nonsense, too. */
  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_signed_and_changed_never_names_another_session_or_a_longer_life(int seed) {
    Random random = new Random(seed);
    Session session = session(random);
    String token = tokens.issue(session).reveal();
    for (int round = 0; round < ROUNDS; round++) {
      String header = Jwt.headerOf(token);
      String payload = Jwt.payloadOf(token);
      if (random.nextBoolean()) {
        header = Mutations.of(random, header, payload);
      } else {
        payload = Mutations.of(random, payload, header);
      }
      Optional<Claims> claims = read(Jwt.signed(Jwt.part(header), Jwt.part(payload), KEY));
      String told = "seed " + seed + ", round " + round + ": " + header + payload;
      claims.ifPresent(
          read -> {
            assertThat(read.expiresAt()).as(told).isBefore(NOW.plus(Duration.ofDays(8)));
            assertThat(told).contains(read.userId().value().toString());
            assertThat(told).contains(read.sessionId().value().toString());
            assertThat(told).contains("\"contentcrew\"", "HS256", "access+jwt");
          });
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_members_of_json_are_read_or_refused_without_an_exception(int seed) {
    Random random = new Random(seed);
    String good = "{\"a\":\"b\",\"c\":1,\"d\":{\"e\":[1.5,null,true]},\"f\":-7}";
    assertThat(FlatJson.parse(good.getBytes(StandardCharsets.UTF_8)).orElseThrow())
        .hasSize(4)
        .containsEntry("a", "b")
        .containsEntry("c", 1L)
        .containsEntry("d", FlatJson.OTHER)
        .containsEntry("f", -7L);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] changed = Mutations.of(random, good, good).getBytes(StandardCharsets.UTF_8);
      if (random.nextBoolean() && changed.length > 0) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      FlatJson.parse(changed)
          .ifPresent(members -> assertThat(members.values()).doesNotContainNull());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noise_is_never_read(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(read(Mutations.noise(random, random.nextInt(200)))).isEmpty();
    }
  }
}
