package io.contentcrew.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to an account besides the user. */
class AccountValuesTest {
  private static final Instant NOW = Instant.parse("2026-03-14T12:00:00Z");
  private static final UserId USER = new UserId(new UUID(1, 2));
  private static final EmailAddress EMAIL = new EmailAddress("a@example.com");
  private static final String SECRET = "nobody-may-read-this";

  @Test
  void an_address_that_is_not_there_is_not_proved() {
    User user = User.of(USER, EMAIL, "Ada", NOW);
    assertThat(user.emailVerified()).isFalse();
    assertThat(user.withVerifiedEmail().emailVerified()).isTrue();
    assertThat(user.withVerifiedEmail().email()).contains(EMAIL);
    User without = new User(USER, Optional.empty(), false, "Ada", NOW);
    assertThatThrownBy(without::withVerifiedEmail)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be verified");
  }

  @Test
  void the_device_of_a_session_has_a_short_name_or_none() {
    for (String device : new String[] {"", "Firefox on Linux", "x".repeat(200)}) {
      assertThat(session(device).device()).isEqualTo(device);
    }
    for (String device : new String[] {"x".repeat(201), "a\nb", "a\u0000b", "\u009F"}) {
      assertThatThrownBy(() -> session(device))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most 200 characters");
    }
  }

  private static Session session(String device) {
    return new Session(
        new SessionId(new UUID(3, 4)), USER, NOW, NOW.plus(Duration.ofDays(1)), device);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"google", "git-hub", "x", "0", "a2345678901234567890123456789012345678-0"})
  void providers_have_plain_names(String name) {
    assertThat(new ProviderName(name).toString()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Google",
        "a b",
        "a/b",
        "\u00FC",
        "a\n",
        "a2345678901234567890123456789012345678-01"
      })
  void other_names_of_providers_are_refused(String name) {
    assertThatThrownBy(() -> new ProviderName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 40");
  }

  @Test
  void a_subject_has_1_to_255_characters_and_is_not_shown() {
    ProviderName google = new ProviderName("google");
    assertThatCode(() -> new Identity(google, "x".repeat(255))).doesNotThrowAnyException();
    for (String subject : new String[] {"", "x".repeat(256)}) {
      assertThatThrownBy(() -> new Identity(google, subject))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 255");
    }
    assertThat(new Identity(google, SECRET).toString()).doesNotContain(SECRET).contains("google");
  }

  private static ApiKey key(String name, Set<ApiScope> scopes) {
    return new ApiKey(
        new ApiKeyId(new UUID(5, 6)), USER, name, scopes, "crew_1", NOW, Optional.empty());
  }

  @Test
  void a_key_has_a_name_of_1_to_100_characters() {
    Set<ApiScope> all = Set.of(ApiScope.values());
    assertThat(key(" mine ", all).name()).isEqualTo("mine");
    assertThat(key("x".repeat(100), all).name()).hasSize(100);
    assertThat(ApiKey.isName(" " + "x".repeat(100))).isTrue();
    for (String name : new String[] {"", "  ", "x".repeat(101), "a\tb", "a\u0000"}) {
      assertThat(ApiKey.isName(name)).isFalse();
      assertThatThrownBy(() -> key(name, all))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 100");
    }
  }

  @Test
  void a_key_is_for_something_and_stays_so() {
    assertThatThrownBy(() -> key("mine", Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a scope");
    Set<ApiScope> scopes = new HashSet<>(Set.of(ApiScope.CONTENT_READ));
    ApiKey key = key("mine", scopes);
    scopes.add(ApiScope.CONTENT_WRITE);
    assertThat(key.scopes()).containsExactly(ApiScope.CONTENT_READ);
  }

  @Test
  void scopes_are_found_by_their_names() {
    for (ApiScope scope : ApiScope.values()) {
      assertThat(ApiScope.find(scope.wireName())).contains(scope);
    }
    assertThat(ApiScope.find("CONTENT_READ")).isEmpty();
    assertThat(ApiScope.find("account:write")).isEmpty();
  }

  @Test
  void tickets_are_good_for_a_day_at_most_and_those_for_passwords_for_half_an_hour() {
    assertThat(new Ticket.SignUp(EMAIL, "Ada").lifetime()).isEqualTo(Duration.ofDays(1));
    assertThat(new Ticket.VerifyEmail(USER, EMAIL).lifetime()).isEqualTo(Duration.ofDays(1));
    assertThat(new Ticket.ResetPassword(USER, EMAIL).lifetime()).isEqualTo(Duration.ofMinutes(30));
    assertThat(visit().lifetime()).isEqualTo(Duration.ofMinutes(10));
  }

  private static Ticket.ProviderVisit visit() {
    return new Ticket.ProviderVisit(
        new ProviderName("google"), SECRET, SECRET, Digest.of(SECRET), SECRET, Optional.empty());
  }

  @Test
  void what_is_secret_of_tickets_and_letters_is_not_shown() {
    Letter letter =
        new Letter(
            new LetterId(new UUID(7, 8)), EMAIL, new Letter.Matter.ConfirmSignUp(SECRET), NOW);
    for (Object secretive : List.of(new Ticket.SignUp(EMAIL, SECRET), visit(), letter)) {
      assertThat(secretive.toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void letters_that_are_about_an_account_name_it() {
    for (Letter.Matter matter :
        List.of(
            new Letter.Matter.AddressInUse(USER),
            new Letter.Matter.VerifyEmail(USER),
            new Letter.Matter.ResetPassword(USER),
            new Letter.Matter.PasswordChanged(USER))) {
      assertThat(matter.user()).contains(USER);
    }
    assertThat(new Letter.Matter.ConfirmSignUp("Ada").user()).isEmpty();
    assertThat(new Letter.Matter.AccountDeleted().user()).isEmpty();
  }

  @Test
  void what_happened_does_not_change_afterwards() {
    Map<String, String> facts = new HashMap<>(Map.of("a", "b"));
    SecurityEvent event =
        new SecurityEvent(SecurityEvent.Kind.SIGNED_IN, Optional.of(USER), NOW, facts);
    facts.put("c", "d");
    assertThat(event.facts()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void ids_show_themselves() {
    String text = "00000000-0000-0005-0000-000000000006";
    assertThat(new ApiKeyId(UUID.fromString(text)).toString()).isEqualTo(text);
    assertThat(new LetterId(UUID.fromString(text)).toString()).isEqualTo(text);
  }

  @Test
  void a_guest_has_neither_address_nor_a_name_of_their_own() {
    User guest = User.guest(new UserId(new UUID(1, 2)), Instant.EPOCH);
    assertThat(guest.guest()).isTrue();
    assertThat(guest.email()).isEmpty();
    assertThat(guest.name()).isEqualTo("Guest");
    Optional<EmailAddress> address = Optional.of(new EmailAddress("a@example.com"));
    assertThatThrownBy(() -> new User(guest.id(), address, false, "Ada", Instant.EPOCH, true))
        .hasMessageContaining("a guest has no address");
  }
}
