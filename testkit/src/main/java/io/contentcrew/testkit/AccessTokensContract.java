package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.AccessTokens.Claims;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What all {@link AccessTokens} must do; they must be able to carry sessions of an hour. */
public abstract class AccessTokensContract {
  private static final Instant BEGIN = Instant.parse("2026-11-22T10:15:30.123456789Z");
  private static final Instant END = BEGIN.plus(Duration.ofHours(1));

  /** The tokens under test. */
  protected abstract AccessTokens tokens();

  /** Tokens of the same kind that another issues, with secrets of its own. */
  protected abstract AccessTokens tokensOfAnother();

  @Test
  void a_token_names_its_user_and_session() {
    Session session = aSession();

    Claims claims = tokens().read(issued(session), BEGIN).orElseThrow();

    assertThat(claims.userId()).isEqualTo(session.userId());
    assertThat(claims.sessionId()).isEqualTo(session.id());
    assertThat(claims.expiresAt()).isCloseTo(END, within(1, ChronoUnit.SECONDS));
  }

  @Test
  void a_token_is_valid_from_the_beginning_to_the_end_of_its_session() {
    String token = issued(aSession());

    assertThat(tokens().read(token, BEGIN)).isPresent();
    assertThat(tokens().read(token, BEGIN.plus(Duration.ofMinutes(30)))).isPresent();
    assertThat(tokens().read(token, END.minusSeconds(2))).isPresent();
  }

  @Test
  void a_token_ends_with_its_session() {
    String token = issued(aSession());

    assertThat(tokens().read(token, END.plus(Duration.ofMinutes(5)))).isEmpty();
    assertThat(tokens().read(token, END.plus(Duration.ofDays(36_500)))).isEmpty();
    assertThat(tokens().read(token, Instant.MAX)).isEmpty();
  }

  @Test
  void a_token_is_not_valid_before_its_session() {
    String token = issued(aSession());

    assertThat(tokens().read(token, BEGIN.minus(Duration.ofMinutes(5)))).isEmpty();
    assertThat(tokens().read(token, Instant.EPOCH)).isEmpty();
    assertThat(tokens().read(token, Instant.MIN)).isEmpty();
  }

  @Test
  void what_another_issued_says_nothing() {
    Session session = aSession();

    assertThat(tokens().read(issued(tokensOfAnother(), session), BEGIN)).isEmpty();
    assertThat(tokensOfAnother().read(issued(session), BEGIN)).isEmpty();
    assertThat(tokensOfAnother().read(issued(tokensOfAnother(), session), BEGIN)).isPresent();
  }

  @Test
  void a_token_with_one_character_altered_says_nothing() {
    String token = issued(aSession());
    for (int i = 0; i < token.length(); i++) {
      for (char other : new char[] {'A', 'B', 'z', '0', '_', '.', '=', ' ', '\u00E9', '\u4E00'}) {
        if (other != token.charAt(i)) {
          String altered = token.substring(0, i) + other + token.substring(i + 1);
          assertThat(tokens().read(altered, BEGIN)).as("'%s' at %s", other, i).isEmpty();
        }
      }
    }
  }

  @Test
  void a_token_with_a_character_more_or_less_says_nothing() {
    String token = issued(aSession());
    for (int i = 0; i <= token.length(); i++) {
      for (String more : List.of("A", "=", ".", " ", "\n", "\u0000")) {
        String altered = token.substring(0, i) + more + token.substring(i);
        assertThat(tokens().read(altered, BEGIN)).as("'%s' before %s", more, i).isEmpty();
      }
      assertThat(tokens().read(token.substring(0, i), BEGIN).isPresent())
          .as("the first %s characters", i)
          .isEqualTo(i == token.length());
      if (i > 0) {
        assertThat(tokens().read(token.substring(i), BEGIN)).as("all but %s", i).isEmpty();
      }
    }
  }

  @Test
  void two_tokens_cannot_be_mixed() {
    String first = issued(aSession());
    String second = issued(aSession());
    for (int i = 1; i < Math.min(first.length(), second.length()); i++) {
      String mixed = first.substring(0, i) + second.substring(i);
      if (!mixed.equals(first) && !mixed.equals(second)) {
        assertThat(tokens().read(mixed, BEGIN)).as("mixed at %s", i).isEmpty();
      }
    }
    assertThat(tokens().read(first + second, BEGIN)).isEmpty();
    assertThat(tokens().read(first + "." + second, BEGIN)).isEmpty();
  }

  @Test
  void what_is_no_token_at_all_says_nothing() {
    for (String text :
        List.of(
            "",
            " ",
            ".",
            "..",
            "...",
            "null",
            "Bearer " + issued(aSession()),
            "a.b.c",
            "{}.{}.{}",
            "\uD83D\uDD10.\uD83D.\uDD10",
            "eyJhbGciOiJub25lIn0.e30.",
            ".".repeat(100_000),
            "A".repeat(1_000_000))) {
      assertThat(tokens().read(text, BEGIN)).isEmpty();
    }
  }

  @Test
  void each_session_has_a_token_of_its_own() {
    UserId user = new UserId(UUID.randomUUID());
    Session first = new Session(new SessionId(UUID.randomUUID()), user, BEGIN, END, "");
    Session second = new Session(new SessionId(UUID.randomUUID()), user, BEGIN, END, "");

    assertThat(issued(first)).isNotEqualTo(issued(second));
    assertThat(sessionIn(issued(first))).contains(first.id());
    assertThat(sessionIn(issued(second))).contains(second.id());
  }

  @Test
  void a_token_does_not_show_itself() {
    Secret token = tokens().issue(aSession());

    assertThat(token.toString()).doesNotContain(token.reveal());
  }

  @Test
  void many_threads_may_issue_and_read() throws Exception {
    List<Future<Boolean>> right = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        right.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 200; round++) {
                    Session session = aSession();
                    if (!sessionIn(issued(session)).equals(Optional.of(session.id()))) {
                      return false;
                    }
                  }
                  return true;
                }));
      }
    }
    for (Future<Boolean> thread : right) {
      assertThat(thread.get()).isTrue();
    }
  }

  private Optional<SessionId> sessionIn(String token) {
    return tokens().read(token, BEGIN).map(Claims::sessionId);
  }

  private String issued(Session session) {
    return issued(tokens(), session);
  }

  private static String issued(AccessTokens tokens, Session session) {
    return tokens.issue(session).reveal();
  }

  private static Session aSession() {
    return new Session(
        new SessionId(UUID.randomUUID()), new UserId(UUID.randomUUID()), BEGIN, END, "");
  }
}
