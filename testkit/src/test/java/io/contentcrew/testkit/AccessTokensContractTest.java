package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.AccessTokens;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract lets right tokens pass and catches wrong ones. */
class AccessTokensContractTest {
  @Nested
  class Right_tokens extends Contract {
    Right_tokens() {
      super(UnaryOperator.identity());
    }
  }

  private static class Contract extends AccessTokensContract {
    private final AccessTokens tokens;
    private final AccessTokens others;

    Contract(UnaryOperator<AccessTokens> spoilt) {
      tokens = spoilt.apply(new RightTokens());
      others = spoilt.apply(new RightTokens());
    }

    @Override
    protected AccessTokens tokens() {
      return tokens;
    }

    @Override
    protected AccessTokens tokensOfAnother() {
      return others;
    }
  }

  private static void caught(
      UnaryOperator<AccessTokens> spoilt, Consumer<AccessTokensContract> test) {
    assertThatThrownBy(() -> test.accept(new Contract(spoilt))).isInstanceOf(AssertionError.class);
  }

  @Test
  void tokens_that_never_end_are_caught() {
    caught(
        right -> reading(right, (token, now) -> right.read(token, beginningOf(token))),
        AccessTokensContract::a_token_ends_with_its_session);
  }

  @Test
  void tokens_that_are_valid_too_early_are_caught() {
    caught(
        right -> reading(right, (token, now) -> right.read(token, beginningOf(token))),
        AccessTokensContract::a_token_is_not_valid_before_its_session);
  }

  @Test
  void tokens_that_anybody_can_make_are_caught() {
    caught(right -> new UnsignedTokens(), AccessTokensContract::what_another_issued_says_nothing);
    caught(
        right -> new UnsignedTokens(),
        AccessTokensContract::a_token_with_one_character_altered_says_nothing);
    caught(right -> new UnsignedTokens(), AccessTokensContract::two_tokens_cannot_be_mixed);
  }

  @Test
  void tokens_with_several_spellings_are_caught() {
    caught(
        right -> reading(right, (token, now) -> right.read(token.strip(), now)),
        AccessTokensContract::a_token_with_a_character_more_or_less_says_nothing);
  }

  @Test
  void a_reader_that_throws_at_nonsense_is_caught() {
    UnaryOperator<AccessTokens> spoilt =
        right -> reading(right, (token, now) -> right.read(UUID.fromString(token).toString(), now));

    assertThatThrownBy(() -> new Contract(spoilt).what_is_no_token_at_all_says_nothing())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tokens_that_confuse_sessions_are_caught() {
    SessionId one = new SessionId(UUID.randomUUID());
    caught(
        right ->
            reading(
                right,
                (token, now) ->
                    right
                        .read(token, now)
                        .map(
                            read -> new AccessTokens.Claims(read.userId(), one, read.expiresAt()))),
        AccessTokensContract::each_session_has_a_token_of_its_own);
  }

  private interface Reader {
    Optional<AccessTokens.Claims> read(String token, Instant now);
  }

  private static AccessTokens reading(AccessTokens right, Reader reader) {
    return new AccessTokens() {
      @Override
      public Secret issue(Session session) {
        return right.issue(session);
      }

      @Override
      public Optional<Claims> read(String token, Instant now) {
        return reader.read(token, now);
      }
    };
  }

  /** All sessions of the contract begin at about the same time. */
  private static Instant beginningOf(String token) {
    return Instant.parse("2026-11-22T10:15:31Z");
  }

  /** Random names for sessions that are kept in a table. */
  private static final class RightTokens implements AccessTokens {
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    @Override
    public Secret issue(Session session) {
      String token = UUID.randomUUID().toString();
      sessions.put(token, session);
      return Secret.of(token);
    }

    @Override
    public Optional<Claims> read(String token, Instant now) {
      return Optional.ofNullable(sessions.get(token))
          .filter(session -> !now.isBefore(session.createdAt()))
          .filter(session -> now.isBefore(session.expiresAt()))
          .map(session -> new Claims(session.userId(), session.id(), session.expiresAt()));
    }
  }

  /** Tokens that are just what they say. */
  private static final class UnsignedTokens implements AccessTokens {
    @Override
    public Secret issue(Session session) {
      return Secret.of(
          session.userId() + "_" + session.id().value() + "_" + session.expiresAt().toEpochMilli());
    }

    @Override
    public Optional<Claims> read(String token, Instant now) {
      String[] parts = token.split("_", -1);
      try {
        Instant expires = Instant.ofEpochMilli(Long.parseLong(parts[2]));
        return Optional.of(
            new Claims(
                new UserId(UUID.fromString(parts[0])),
                new SessionId(UUID.fromString(parts[1])),
                expires));
      } catch (RuntimeException e) {
        return Optional.empty();
      }
    }
  }
}
