package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.ApiKeyId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.user.ApiKeys;
import io.contentcrew.ports.user.ApiKeys.Holder;
import io.contentcrew.ports.user.ApiKeys.Listed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ApiKeys} keeps to. */
public abstract class ApiKeysContract extends StorageHarness {
  private final Digest secret = Fixtures.aDigest();

  /** For subclasses. */
  protected ApiKeysContract() {}

  private ApiKey given(ApiKey key, Digest secret) {
    run(stores -> stores.apiKeys().add(key, secret));
    return key;
  }

  private ApiKey givenKey(User user) {
    return given(Fixtures.anApiKey(user.id()), Fixtures.aDigest());
  }

  private Optional<Holder> find(Instant now) {
    return in(stores -> stores.apiKeys().find(secret, now));
  }

  private List<Listed> listed(User user) {
    return in(stores -> stores.apiKeys().list(user.id()));
  }

  private long count(User user) {
    return number(stores -> stores.apiKeys().count(user.id()));
  }

  @Test
  void a_key_tells_whose_it_is_and_on_which_tier() {
    User user = givenUser();
    givenKey(givenUser());
    givenKey(user);
    ApiKey key = given(Fixtures.anApiKey(user.id()), secret);
    assertThat(find(Fixtures.NOW)).contains(new Holder(key, user, Entitlement.free()));
  }

  @Test
  void a_key_tells_the_tier_that_was_granted() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
    User user = givenUser();
    given(Fixtures.anApiKey(user.id()), secret);
    run(stores -> stores.subscriptions().grant(user.id(), new TierId("pro"), Fixtures.NOW));
    assertThat(find(Fixtures.NOW).orElseThrow().entitlement())
        .isEqualTo(new Entitlement(new TierId("pro"), Optional.empty()));
  }

  @Test
  void a_key_is_found_as_it_was_added() {
    User user = givenUser();
    ApiKey key =
        new ApiKey(
            new ApiKeyId(UUID.randomUUID()),
            user.id(),
            "J\u00F6rg's \uD83D\uDD8B '; drop table api_keys; --",
            Set.of(ApiScope.CONTENT_READ),
            "crew_\u0141",
            Fixtures.NOW,
            Optional.of(Fixtures.NOW.plusSeconds(9)));
    given(key, secret);
    assertThat(find(Fixtures.NOW).orElseThrow().key()).isEqualTo(key);
    assertThat(listed(user)).containsExactly(new Listed(key, Optional.empty()));
  }

  @Test
  void a_key_that_is_not_there_is_not_found() {
    givenKey(givenUser());
    assertThat(find(Fixtures.NOW)).isEmpty();
  }

  @Test
  void a_key_lets_nobody_in_from_the_instant_it_expires() {
    User user = givenUser();
    Instant end = Fixtures.NOW.plus(Duration.ofDays(30));
    given(Fixtures.anApiKey(user.id(), Fixtures.NOW, Optional.of(end)), secret);
    assertThat(find(end.minusMillis(1))).isPresent();
    assertThat(find(end)).isEmpty();
    assertThat(find(end.plus(Duration.ofDays(1)))).isEmpty();
    assertThat(listed(user)).as("still listed").hasSize(1);
    assertThat(count(user)).isEqualTo(1);
  }

  @Test
  void a_key_without_an_end_lets_its_holder_in_for_ever() {
    given(Fixtures.anApiKey(givenUser().id()), secret);
    assertThat(find(Fixtures.NOW.plus(Duration.ofDays(36_500)))).isPresent();
  }

  @Test
  void a_key_lets_nobody_in_whose_account_is_not_active() {
    User user = givenUser();
    given(Fixtures.anApiKey(user.id()), secret);
    run(stores -> stores.users().setDisabled(user.id(), true));
    assertThat(find(Fixtures.NOW)).isEmpty();
    run(stores -> stores.users().setDisabled(user.id(), false));
    assertThat(find(Fixtures.NOW)).isPresent();
    run(stores -> stores.users().delete(user.id(), Fixtures.NOW));
    assertThat(find(Fixtures.NOW)).isEmpty();
  }

  @Test
  void a_key_needs_its_user() {
    assertThatThrownBy(() -> given(Fixtures.anApiKey(Fixtures.aUserId()), secret))
        .isInstanceOf(PortFailureException.class);
    assertThat(find(Fixtures.NOW)).isEmpty();
  }

  @Test
  void a_secret_opens_one_account() {
    User user = givenUser();
    User other = givenUser();
    ApiKey key = given(Fixtures.anApiKey(user.id()), secret);
    assertThatThrownBy(() -> given(Fixtures.anApiKey(other.id()), secret))
        .isInstanceOf(PortFailureException.class);
    assertThat(find(Fixtures.NOW).orElseThrow().key()).isEqualTo(key);
    assertThat(listed(other)).isEmpty();
  }

  @Test
  void keys_are_listed_to_their_user_the_newest_first() {
    User user = givenUser();
    User other = givenUser();
    givenKey(other);
    ApiKey second =
        given(
            Fixtures.anApiKey(user.id(), Fixtures.NOW.plusSeconds(2), Optional.empty()),
            Fixtures.aDigest());
    ApiKey first = givenKey(user);
    ApiKey third =
        given(
            Fixtures.anApiKey(user.id(), Fixtures.NOW.plusSeconds(3), Optional.empty()),
            Fixtures.aDigest());
    assertThat(listed(user)).extracting(Listed::key).containsExactly(third, second, first);
    assertThat(count(user)).isEqualTo(3);
    assertThat(count(other)).isEqualTo(1);
  }

  private Optional<Instant> usedAt(User user, Instant... uses) {
    ApiKey key = listed(user).getFirst().key();
    for (Instant use : uses) {
      run(stores -> stores.apiKeys().used(key.id(), use));
    }
    return listed(user).getFirst().lastUsedAt();
  }

  @Test
  void a_use_is_noted_once_within_a_minute() {
    User user = givenUser();
    givenKey(user);
    Instant first = Fixtures.NOW;
    assertThat(usedAt(user)).isEmpty();
    assertThat(usedAt(user, first)).contains(first);
    assertThat(usedAt(user, first.plusSeconds(30), first.plusMillis(59_999))).contains(first);
    Instant next = first.plusSeconds(60);
    assertThat(usedAt(user, next)).contains(next);
    assertThat(usedAt(user, next.plusSeconds(1))).contains(next);
  }

  @Test
  void using_one_key_says_nothing_of_another() {
    User user = givenUser();
    User other = givenUser();
    givenKey(user);
    givenKey(other);
    usedAt(user, Fixtures.NOW);
    run(stores -> stores.apiKeys().used(new ApiKeyId(UUID.randomUUID()), Fixtures.NOW));
    assertThat(listed(other).getFirst().lastUsedAt()).isEmpty();
  }

  private boolean revoke(User user, ApiKey key) {
    return in(stores -> stores.apiKeys().revoke(user.id(), key.id()));
  }

  @Test
  void a_key_that_was_revoked_is_gone() {
    User user = givenUser();
    ApiKey key = given(Fixtures.anApiKey(user.id()), secret);
    ApiKey kept = givenKey(user);
    assertThat(revoke(user, key)).isTrue();
    assertThat(revoke(user, key)).isFalse();
    assertThat(find(Fixtures.NOW)).isEmpty();
    assertThat(find(Fixtures.NOW.minusSeconds(60))).isEmpty();
    assertThat(listed(user)).extracting(Listed::key).containsExactly(kept);
    assertThat(count(user)).isEqualTo(1);
  }

  @Test
  void nobody_revokes_the_key_of_another() {
    User user = givenUser();
    ApiKey key = given(Fixtures.anApiKey(user.id()), secret);
    assertThat(revoke(givenUser(), key)).isFalse();
    assertThat(find(Fixtures.NOW)).isPresent();
  }

  @Test
  void of_those_who_revoke_a_key_together_one_did() {
    User user = givenUser();
    ApiKey key = givenKey(user);
    assertThat(Race.of(16, number -> revoke(user, key))).containsOnlyOnce(true);
  }

  @Test
  void all_keys_of_a_user_are_revoked_at_once() {
    User user = givenUser();
    User other = givenUser();
    given(Fixtures.anApiKey(user.id()), secret);
    givenKey(user);
    givenKey(other);
    assertThat(number(stores -> stores.apiKeys().revokeAll(user.id()))).isEqualTo(2);
    assertThat(number(stores -> stores.apiKeys().revokeAll(user.id()))).isZero();
    assertThat(find(Fixtures.NOW)).isEmpty();
    assertThat(count(user)).isZero();
    assertThat(count(other)).isEqualTo(1);
  }
}
