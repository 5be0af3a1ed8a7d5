package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.IdentityProvider.Profile;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import io.contentcrew.ports.user.IdentityProvider.Return;
import io.contentcrew.ports.user.IdentityProvider.Visit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What all {@link IdentityProvider}s must do. */
public abstract class IdentityProviderContract {
  /** Where browsers are sent back to; it must be registered at the provider. */
  protected static final URI HOME = URI.create("http://127.0.0.1:8000/v1/auth/oauth/test/callback");

  /** Another such address, registered too. */
  protected static final URI ELSEWHERE = URI.create("http://127.0.0.1:8000/elsewhere");

  private static final String ISSUER_OF_ANOTHER = "https://another.example";

  /**
   * Somebody with an account at the provider.
   *
   * @param number of the account: it stays whatever else changes
   */
  public record Person(
      int number, Optional<EmailAddress> email, boolean emailVerified, Optional<String> name) {}

  /** The provider under test. */
  protected abstract IdentityProvider provider();

  /**
   * Signs in as that person where {@link #provider()} sends the browser, who then has that account
   * there, and agrees to everything.
   *
   * @return the address to which the provider sends the browser back
   */
  protected abstract URI signIn(URI authorizationUrl, Person person);

  /** Whether the provider tells of an address that it proved it. */
  protected abstract boolean provesAddresses();

  /** A provider of the same kind where nobody listens. */
  protected abstract IdentityProvider unreachable();

  /** A provider of the same kind that never answers; it should not be waited for long. */
  protected abstract IdentityProvider silent();

  // ---- who it is

  @Test
  void it_has_one_name_and_a_text_for_its_button() {
    assertThat(provider().name()).isEqualTo(provider().name()).isEqualTo(unreachable().name());
    assertThat(provider().displayName()).isNotBlank();
  }

  // ---- the way there

  @Test
  void the_browser_is_sent_with_the_state_and_the_exact_address_to_come_back_to() {
    Visit visit = aVisit();

    URI url = provider().authorizationUrl(visit);

    assertThat(url.isAbsolute()).isTrue();
    assertThat(parameters(url))
        .containsEntry("response_type", "code")
        .containsEntry("state", visit.state())
        .containsEntry("redirect_uri", HOME.toString());
  }

  @Test
  void the_provider_first_sees_only_the_hash_of_the_verifier() {
    Visit visit = aVisit();

    URI url = provider().authorizationUrl(visit);

    assertThat(parameters(url))
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("code_challenge", sha256(visit.verifier()));
    assertThat(url.toString()).doesNotContain(visit.verifier());
  }

  @Test
  void the_state_comes_back_unchanged() {
    Visit visit = aVisit();

    URI back = signIn(provider().authorizationUrl(visit), ann());

    assertThat(back.toString()).startsWith(HOME + "?");
    assertThat(parameters(back)).containsEntry("state", visit.state());
  }

  // ---- the way back

  @Test
  void who_signs_in_is_identified() {
    Profile ann = identified(ann());

    assertThat(ann.identity().provider()).isEqualTo(provider().name());
    assertThat(identified(ann()).identity()).isEqualTo(ann.identity());
    assertThat(identified(ben()).identity()).isNotEqualTo(ann.identity());
  }

  @Test
  void somebody_stays_who_they_are_whatever_else_changes() {
    Person moved = new Person(ann().number(), address("ann@new.example"), true, Optional.of("A."));
    Person heir = new Person(77, ann().email(), true, ann().name());
    Profile ann = identified(ann());

    assertThat(identified(moved).identity()).isEqualTo(ann.identity());
    assertThat(identified(heir).identity()).isNotEqualTo(ann.identity());
  }

  @Test
  void what_the_provider_knows_of_somebody_is_told() {
    Profile ann = identified(ann());

    assertThat(ann.email()).isEqualTo(ann().email());
    assertThat(ann.name()).isEqualTo(ann().name());
  }

  @Test
  void what_the_provider_does_not_know_is_not_made_up() {
    Profile nobody = identified(new Person(5, Optional.empty(), false, Optional.empty()));

    assertThat(nobody.email()).isEmpty();
    assertThat(nobody.emailVerified()).isFalse();
    assertThat(nobody.name()).isEmpty();
  }

  @Test
  void an_address_is_verified_if_the_provider_has_proved_it_and_else_not() {
    assertThat(identified(ann()).emailVerified()).isEqualTo(provesAddresses());
    assertThat(identified(ben()).email()).isEqualTo(ben().email());
    assertThat(identified(ben()).emailVerified()).isFalse();
  }

  @Test
  void a_code_is_good_for_one_exchange() {
    Visit visit = aVisit();
    Return back = visited(visit, ann());
    provider().identify(visit, back);

    assertRefused(visit, back);
  }

  @Test
  void a_code_that_the_provider_never_gave_is_refused() {
    for (String code :
        List.of("", " ", "x", "caf\u00E9", "a\r\nb", "\u0000", "y".repeat(100_000))) {
      assertRefused(aVisit(), new Return(code, Optional.empty()));
    }
    Visit visit = aVisit();
    Return back = visited(visit, ann());
    assertRefused(visit, new Return(back.code() + "x", back.issuer()));
  }

  @Test
  void a_code_of_another_visit_is_refused() {
    Return back = visited(aVisit(), ann());

    assertRefused(aVisit(), back);
  }

  @Test
  void a_code_that_was_sent_to_another_address_is_refused() {
    Visit visit = aVisit();
    Return back = visited(visit, ann());

    assertRefused(new Visit(visit.state(), visit.nonce(), visit.verifier(), ELSEWHERE), back);
  }

  @Test
  void a_code_that_another_issuer_sent_is_refused() {
    Visit visit = aVisit();
    Return back = visited(visit, ann());

    assertRefused(visit, new Return(back.code(), Optional.of(ISSUER_OF_ANOTHER)));
    Visit again = aVisit();
    assertRefused(again, new Return(visited(again, ann()).code(), Optional.of("")));
  }

  @Test
  void many_threads_may_be_identified_at_once() {
    int people = 8;
    List<Visit> visits = new ArrayList<>();
    List<Return> returns = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      visits.add(aVisit());
      returns.add(visited(visits.get(i), person(100 + i)));
    }

    List<Profile> profiles =
        Race.of(people, i -> provider().identify(visits.get(i), returns.get(i)));

    for (int i = 0; i < people; i++) {
      assertThat(profiles.get(i).email()).isEqualTo(person(100 + i).email());
    }
    assertThat(profiles.stream().map(Profile::identity).distinct()).hasSize(people);
  }

  // ---- when it cannot be reached

  @Test
  void a_provider_that_cannot_be_reached_identifies_nobody() {
    assertUnavailable(unreachable());
  }

  @Test
  void a_provider_that_falls_silent_identifies_nobody() {
    assertUnavailable(silent());
  }

  @Test
  void nothing_but_that_the_provider_is_unavailable_can_keep_a_browser_from_being_sent() {
    for (IdentityProvider away : List.of(unreachable(), silent())) {
      Throwable thrown = catchThrowable(() -> away.authorizationUrl(aVisit()));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(PortUnavailableException.class);
      }
    }
  }

  private void assertUnavailable(IdentityProvider away) {
    Visit visit = aVisit();
    Return back = new Return("4/0AeanS0b", Optional.empty());
    assertThatThrownBy(() -> away.identify(visit, back))
        .isInstanceOf(PortUnavailableException.class)
        .satisfies(thrown -> assertTellsNothing(thrown, visit, back));
  }

  private void assertRefused(Visit visit, Return back) {
    assertThatThrownBy(() -> provider().identify(visit, back))
        .isInstanceOf(RefusedException.class)
        .satisfies(thrown -> assertTellsNothing(thrown, visit, back));
  }

  /** A log with the exception and all its causes holds nothing with which to sign in. */
  private static void assertTellsNothing(Throwable thrown, Visit visit, Return back) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(visit.state(), visit.nonce(), visit.verifier());
      if (back.code().length() > 8) {
        assertThat(cause.toString()).doesNotContain(back.code());
      }
    }
  }

  // ---- visits

  /** A visit such as no other. */
  protected static Visit aVisit() {
    return new Visit(
        "state-" + UUID.randomUUID(),
        "nonce-" + UUID.randomUUID(),
        "verifier-" + UUID.randomUUID() + "." + UUID.randomUUID(),
        HOME);
  }

  /** What the browser brings back of a visit. */
  protected final Return visited(Visit visit, Person person) {
    return ScriptedIdentityProvider.returned(signIn(provider().authorizationUrl(visit), person));
  }

  /** Who {@link #provider()} says that person is. */
  protected final Profile identified(Person person) {
    Visit visit = aVisit();
    return provider().identify(visit, visited(visit, person));
  }

  /** Somebody whose address is proved. */
  protected static Person ann() {
    return new Person(1, address("ann@example.com"), true, Optional.of("Ann Example"));
  }

  /** Somebody whose address is not proved. */
  protected static Person ben() {
    return new Person(2, address("ben@example.com"), false, Optional.of("Ben \u00C9xample"));
  }

  private static Person person(int number) {
    return new Person(
        number, address("p" + number + "@example.com"), true, Optional.of("P" + number));
  }

  private static Optional<EmailAddress> address(String text) {
    return Optional.of(new EmailAddress(text));
  }

  private static Map<String, String> parameters(URI url) {
    return ScriptedIdentityProvider.parameters(url);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
