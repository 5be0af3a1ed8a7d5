package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.testkit.AccessTokensContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignedAccessTokensTest extends AccessTokensContract {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Secret KEY = Secret.of("0123456789abcdef0123456789abcdef");
  private static final Secret OTHER_KEY = Secret.of("fedcba9876543210fedcba9876543210");

  private static AccessTokens tokens(SecurityConfig config) {
    return SecurityAdapter.open(config).accessTokens();
  }

  private static SecurityConfig config() {
    return SecurityConfig.of(KEY);
  }

  @Override
  protected AccessTokens tokens() {
    return tokens(config());
  }

  @Override
  protected AccessTokens tokensOfAnother() {
    return tokens(SecurityConfig.of(OTHER_KEY));
  }

  private static Session aSession(Duration life) {
    return new Session(
        new SessionId(UUID.randomUUID()), new UserId(UUID.randomUUID()), NOW, NOW.plus(life), "");
  }

  private static String issued(AccessTokens tokens) {
    return tokens.issue(aSession(Duration.ofHours(1))).reveal();
  }

  @Test
  void a_previous_key_still_verifies_and_signs_nothing() {
    String old = issued(tokens(SecurityConfig.of(OTHER_KEY)));
    AccessTokens changed = tokens(config().withPreviousKeys(List.of(OTHER_KEY)));

    assertThat(changed.read(old, NOW)).isPresent();
    assertThat(tokens(config()).read(issued(changed), NOW)).isPresent();
    assertThat(tokens(SecurityConfig.of(OTHER_KEY)).read(issued(changed), NOW)).isEmpty();
  }

  @Test
  void a_key_that_was_dropped_verifies_no_more() {
    String old = issued(tokens(SecurityConfig.of(OTHER_KEY)));

    assertThat(tokens(config()).read(old, NOW)).isEmpty();
  }

  @Test
  void two_instances_with_the_same_key_read_each_others_tokens() {
    assertThat(tokens(config()).read(issued(tokens(config())), NOW)).isPresent();
  }

  @Test
  void the_key_is_named_without_being_told() {
    String token = issued(tokens());

    assertThat(Jwt.headerOf(token))
        .matches("\\{\"alg\":\"HS256\",\"typ\":\"access\\+jwt\",\"kid\":\"[\\w-]{12}\"}")
        .doesNotContain(KEY.reveal());
  }

  @Test
  void another_issuer_or_audience_is_refused() {
    String token = issued(tokens());

    assertThat(tokens(config().withIssuer("someone-else")).read(token, NOW)).isEmpty();
    assertThat(tokens(config().withAudience("someone-else")).read(token, NOW)).isEmpty();
    assertThat(tokens(config().withAudience("contentcrew ".strip())).read(token, NOW)).isPresent();
  }

  @Test
  void clocks_may_be_a_minute_apart_and_no_more() {
    String token = issued(tokens());

    assertThat(tokens().read(token, NOW.minusSeconds(60))).isPresent();
    assertThat(tokens().read(token, NOW.minusSeconds(61))).isEmpty();
    assertThat(tokens().read(token, NOW.plusSeconds(3600 + 59))).isPresent();
    assertThat(tokens().read(token, NOW.plusSeconds(3600 + 60))).isEmpty();
  }

  @Test
  void a_session_of_just_the_life_of_a_token_is_carried() {
    AccessTokens hourly = tokens(config().withTokenLife(Duration.ofHours(1)));
    Session session =
        new Session(
            new SessionId(UUID.randomUUID()),
            new UserId(UUID.randomUUID()),
            NOW.plusNanos(999_999_999),
            NOW.plusNanos(999_999_999).plus(Duration.ofHours(1)),
            "");

    assertThat(hourly.read(hourly.issue(session).reveal(), NOW)).isPresent();
  }

  @Test
  void a_session_longer_than_tokens_live_gets_none() {
    AccessTokens hourly = tokens(config().withTokenLife(Duration.ofHours(1)));

    assertThatThrownBy(() -> hourly.issue(aSession(Duration.ofHours(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT2H")
        .hasMessageContaining("PT1H");
  }

  @Test
  void a_token_that_lives_longer_than_allowed_now_is_refused() {
    String token = tokens().issue(aSession(Duration.ofDays(7))).reveal();

    assertThat(tokens(config().withTokenLife(Duration.ofDays(6))).read(token, NOW)).isEmpty();
    assertThat(tokens(config().withTokenLife(Duration.ofDays(8))).read(token, NOW)).isPresent();
  }
}
