package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.IdentityProvider.Profile;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import io.contentcrew.ports.user.IdentityProvider.Return;
import io.contentcrew.ports.user.IdentityProvider.Visit;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract lets the scripted provider pass and catches wrong ones. */
class IdentityProviderContractTest {
  private static final ProviderName NAME = new ProviderName("scripted");

  @Nested
  class A_right_provider extends Contract {
    A_right_provider() {
      super(UnaryOperator.identity());
    }

    @Test
    void an_answer_with_the_nonce_of_another_visit_is_refused() {
      Visit visit = aVisit();
      Return back = visited(visit, ann());
      Visit other = new Visit(visit.state(), "another", visit.verifier(), visit.redirectUri());

      assertThatThrownBy(() -> provider().identify(other, back))
          .isInstanceOf(RefusedException.class);
    }
  }

  private static class Contract extends IdentityProviderContract {
    private final ScriptedIdentityProvider scripted = new ScriptedIdentityProvider(NAME);
    private final UnaryOperator<IdentityProvider> spoilt;
    private final IdentityProvider provider;

    Contract(UnaryOperator<IdentityProvider> spoilt) {
      this.spoilt = spoilt;
      provider = spoilt.apply(scripted);
    }

    @Override
    protected IdentityProvider provider() {
      return provider;
    }

    @Override
    protected URI signIn(URI authorizationUrl, Person person) {
      return scripted.signIn(
          authorizationUrl,
          new Profile(
              new Identity(NAME, "s" + person.number()),
              person.email(),
              person.emailVerified(),
              person.name()));
    }

    @Override
    protected boolean provesAddresses() {
      return true;
    }

    @Override
    protected IdentityProvider unreachable() {
      return away("unreachable");
    }

    @Override
    protected IdentityProvider silent() {
      return away("silent");
    }

    private IdentityProvider away(String why) {
      return spoilt.apply(
          new ScriptedIdentityProvider(NAME).failing(new PortUnavailableException(why, null)));
    }
  }

  private static void caught(
      UnaryOperator<IdentityProvider> spoilt, Consumer<IdentityProviderContract> test) {
    assertThatThrownBy(() -> test.accept(new Contract(spoilt))).isInstanceOf(AssertionError.class);
  }

  @Test
  void a_provider_that_shows_the_verifier_is_caught() {
    caught(
        right ->
            new Wrapped(right) {
              @Override
              public URI authorizationUrl(Visit visit) {
                return URI.create(super.authorizationUrl(visit) + "&v=" + visit.verifier());
              }
            },
        IdentityProviderContract::the_provider_first_sees_only_the_hash_of_the_verifier);
  }

  @Test
  void a_provider_that_comes_back_to_somewhere_else_is_caught() {
    UnaryOperator<IdentityProvider> spoilt =
        right ->
            new Wrapped(right) {
              @Override
              public URI authorizationUrl(Visit visit) {
                URI wide = visit.redirectUri().resolve("/");
                return super.authorizationUrl(
                    new Visit(visit.state(), visit.nonce(), visit.verifier(), wide));
              }
            };
    caught(
        spoilt,
        IdentityProviderContract
            ::the_browser_is_sent_with_the_state_and_the_exact_address_to_come_back_to);
    caught(spoilt, IdentityProviderContract::the_state_comes_back_unchanged);
  }

  @Test
  void a_provider_that_knows_people_by_their_address_is_caught() {
    UnaryOperator<IdentityProvider> spoilt =
        right ->
            told(
                right,
                profile ->
                    new Profile(
                        new Identity(NAME, profile.email().orElseThrow().value()),
                        profile.email(),
                        profile.emailVerified(),
                        profile.name()));
    caught(spoilt, IdentityProviderContract::somebody_stays_who_they_are_whatever_else_changes);
  }

  @Test
  void a_provider_that_knows_nobody_again_is_caught() {
    caught(
        right ->
            told(
                right,
                profile ->
                    new Profile(
                        new Identity(NAME, UUID.randomUUID().toString()),
                        profile.email(),
                        profile.emailVerified(),
                        profile.name())),
        IdentityProviderContract::who_signs_in_is_identified);
  }

  @Test
  void a_provider_that_believes_every_address_is_caught() {
    caught(
        right ->
            told(
                right,
                profile ->
                    new Profile(
                        profile.identity(),
                        profile.email(),
                        profile.email().isPresent(),
                        profile.name())),
        IdentityProviderContract
            ::an_address_is_verified_if_the_provider_has_proved_it_and_else_not);
  }

  @Test
  void a_provider_that_makes_names_up_is_caught() {
    caught(
        right ->
            told(
                right,
                profile ->
                    new Profile(
                        profile.identity(),
                        profile.email(),
                        profile.emailVerified(),
                        Optional.of("Anonymous"))),
        IdentityProviderContract::what_the_provider_does_not_know_is_not_made_up);
  }

  @Test
  void a_provider_that_takes_a_code_twice_is_caught() {
    Map<String, Profile> known = new ConcurrentHashMap<>();
    caught(
        right ->
            new Wrapped(right) {
              @Override
              public Profile identify(Visit visit, Return back) {
                return known.computeIfAbsent(back.code(), code -> super.identify(visit, back));
              }
            },
        IdentityProviderContract::a_code_is_good_for_one_exchange);
  }

  @Test
  void a_provider_that_does_not_care_who_sent_the_browser_is_caught() {
    caught(
        right ->
            new Wrapped(right) {
              @Override
              public Profile identify(Visit visit, Return back) {
                return super.identify(visit, new Return(back.code(), Optional.empty()));
              }
            },
        IdentityProviderContract::a_code_that_another_issuer_sent_is_refused);
  }

  @Test
  void a_provider_that_trusts_its_code_alone_is_caught() {
    Careless careless = new Careless();
    caught(careless::around, IdentityProviderContract::a_code_of_another_visit_is_refused);
    caught(
        careless::around,
        IdentityProviderContract::a_code_that_was_sent_to_another_address_is_refused);
  }

  @Test
  void a_provider_that_repeats_the_code_in_its_message_is_caught() {
    caught(
        right ->
            new Wrapped(right) {
              @Override
              public Profile identify(Visit visit, Return back) {
                try {
                  return super.identify(visit, back);
                } catch (RefusedException e) {
                  throw new RefusedException("no: " + back.code(), e);
                }
              }
            },
        IdentityProviderContract::a_code_is_good_for_one_exchange);
  }

  @Test
  void a_provider_that_calls_its_own_silence_a_refusal_is_caught() {
    UnaryOperator<IdentityProvider> spoilt =
        right ->
            new Wrapped(right) {
              @Override
              public Profile identify(Visit visit, Return back) {
                try {
                  return super.identify(visit, back);
                } catch (PortUnavailableException e) {
                  throw new RefusedException("away", e);
                }
              }
            };
    caught(spoilt, IdentityProviderContract::a_provider_that_falls_silent_identifies_nobody);
    caught(spoilt, IdentityProviderContract::a_provider_that_cannot_be_reached_identifies_nobody);
  }

  @Test
  void a_provider_that_is_confused_by_many_threads_is_caught() {
    Map<String, Profile> first = new ConcurrentHashMap<>();
    caught(
        right -> told(right, profile -> first.computeIfAbsent("the one", key -> profile)),
        IdentityProviderContract::many_threads_may_be_identified_at_once);
  }

  @Test
  void the_scripted_provider_is_told_off_for_people_and_addresses_of_others() {
    ScriptedIdentityProvider google = new ScriptedIdentityProvider(new ProviderName("google"));
    ScriptedIdentityProvider github = new ScriptedIdentityProvider(new ProviderName("github"));
    Visit visit = IdentityProviderContract.aVisit();
    Profile ann = google.person("1", "ann@example.com", true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> google.signIn(github.authorizationUrl(visit), ann));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> github.signIn(github.authorizationUrl(visit), ann));
  }

  @Test
  void the_scripted_provider_works_again_when_it_is_told_so() {
    ScriptedIdentityProvider google = new ScriptedIdentityProvider(new ProviderName("google"));
    Visit visit = IdentityProviderContract.aVisit();
    Profile ann = google.person("1", "ann@example.com", true);
    URI back = google.signIn(google.authorizationUrl(visit), ann);
    Return returned = ScriptedIdentityProvider.returned(back);
    google.failing(new PortUnavailableException("away", null));
    assertThatThrownBy(() -> google.identify(visit, returned))
        .isInstanceOf(PortUnavailableException.class);
    google.recovered();
    assertThat(google.identify(visit, returned)).isEqualTo(ann);
    assertThat(google.exchanges()).isEqualTo(2);
  }

  private static IdentityProvider told(IdentityProvider right, UnaryOperator<Profile> change) {
    return new Wrapped(right) {
      @Override
      public Profile identify(Visit visit, Return back) {
        return change.apply(super.identify(visit, back));
      }
    };
  }

  /** Sends everybody off with one and the same visit, as one without PKCE would. */
  private static final class Careless {
    private final Visit only = IdentityProviderContract.aVisit();

    IdentityProvider around(IdentityProvider right) {
      return new Wrapped(right) {
        @Override
        public URI authorizationUrl(Visit visit) {
          return super.authorizationUrl(only);
        }

        @Override
        public Profile identify(Visit visit, Return back) {
          return super.identify(only, back);
        }
      };
    }
  }

  private static class Wrapped implements IdentityProvider {
    private final IdentityProvider right;

    Wrapped(IdentityProvider right) {
      this.right = right;
    }

    @Override
    public ProviderName name() {
      return right.name();
    }

    @Override
    public String displayName() {
      return right.displayName();
    }

    @Override
    public URI authorizationUrl(Visit visit) {
      return right.authorizationUrl(visit);
    }

    @Override
    public Profile identify(Visit visit, Return back) {
      return right.identify(visit, back);
    }
  }
}
