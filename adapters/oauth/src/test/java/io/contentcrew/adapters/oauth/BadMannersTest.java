package io.contentcrew.adapters.oauth;

import static io.contentcrew.adapters.oauth.FakeIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import io.contentcrew.ports.user.IdentityProvider.Return;
import io.contentcrew.ports.user.IdentityProvider.Visit;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that are slow, endless, rude or broken, at each of the addresses that are asked. */
@Timeout(120)
class BadMannersTest {
  private static final String CODE = "4/0AeanS0bVeryS3cret";
  private static final String VERIFIER = "v".repeat(43);
  private static final Visit VISIT =
      new Visit("state", "nonce", VERIFIER, URI.create("http://127.0.0.1:8000/callback"));
  private static final Return BACK = new Return(CODE, Optional.empty());

  private final FakeIssuer issuer = new FakeIssuer();
  private final TestServer elsewhere = new TestServer();
  private final Adapters adapters = new Adapters();

  @AfterEach
  void close() {
    adapters.close();
    issuer.close();
    elsewhere.close();
  }

  private IdentityProvider patient() {
    return adapters.of(issuer.config(), issuer.clock);
  }

  private IdentityProvider impatient() {
    return adapters.of(issuer.config().withTimeout(Duration.ofMillis(300)), issuer.clock);
  }

  private void identify(IdentityProvider provider) {
    issuer.giving(signed(issuer.claims("nonce")));
    provider.identify(VISIT, BACK);
  }

  private void assertFails(IdentityProvider provider, Class<? extends RuntimeException> kind) {
    assertThatThrownBy(() -> identify(provider))
        .isInstanceOf(kind)
        .satisfies(
            thrown ->
                assertThat(thrown.toString() + thrown.getCause())
                    .doesNotContain(CODE, VERIFIER, FakeIssuer.CLIENT.secret().reveal()));
  }

  @ParameterizedTest
  @ValueSource(strings = {FakeIssuer.DISCOVERY, FakeIssuer.KEYS, FakeIssuer.TOKEN})
  void who_redirects_is_not_followed(String path) {
    issuer.server.on(path, TestServer.redirect(elsewhere.url().resolve("/trap")));

    assertFails(patient(), PortFailureException.class);
    assertThat(elsewhere.asked("/trap")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {FakeIssuer.DISCOVERY, FakeIssuer.KEYS, FakeIssuer.TOKEN})
  void who_never_stops_talking_is_left(String path) {
    issuer.server.on(path, TestServer.huge(Long.MAX_VALUE));

    assertFails(patient(), PortFailureException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {FakeIssuer.DISCOVERY, FakeIssuer.KEYS, FakeIssuer.TOKEN})
  void who_drips_is_cut_off_though_each_drop_comes_in_time(String path) {
    issuer.server.on(path, issuer.server.dripping());

    assertFails(impatient(), PortUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {FakeIssuer.DISCOVERY, FakeIssuer.KEYS, FakeIssuer.TOKEN})
  void who_says_nothing_is_not_waited_for(String path) {
    issuer.server.on(path, issuer.server.silence());

    assertFails(impatient(), PortUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {FakeIssuer.DISCOVERY, FakeIssuer.KEYS, FakeIssuer.TOKEN})
  void who_breaks_off_is_unavailable(String path) {
    issuer.server.on(
        path,
        (exchange, asked) -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          exchange.close();
        });

    assertFails(patient(), PortUnavailableException.class);
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "503", "429"})
  void who_fails_is_unavailable(int status) {
    issuer.server.json(FakeIssuer.TOKEN, status, asked -> "{\"error\":\"" + CODE + "\"}");

    assertFails(patient(), PortUnavailableException.class);
  }

  @Test
  void who_says_when_to_come_back_is_believed_within_reason() {
    assertThat(retryAfter("7")).contains(Duration.ofSeconds(7));
    assertThat(retryAfter("999999999")).contains(Duration.ofHours(1));
    assertThat(retryAfter("-1")).isEmpty();
    assertThat(retryAfter("soon")).isEmpty();
    assertThat(retryAfter("9".repeat(40))).isEmpty();
  }

  private Optional<Duration> retryAfter(String header) {
    issuer.server.on(
        FakeIssuer.TOKEN,
        (exchange, asked) -> {
          exchange.getResponseHeaders().set("Retry-After", header);
          TestServer.send(exchange, 503, "");
        });
    Throwable thrown = catchThrowable(() -> identify(patient()));
    assertThat(thrown).isInstanceOf(PortUnavailableException.class);
    return ((PortUnavailableException) thrown).retryAfter();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "7", "<html>", "{\"a\":1,\"a\":2}", "\u0000"})
  void an_exchange_that_makes_no_sense_is_a_failure(String answer) {
    issuer.server.json(FakeIssuer.TOKEN, 200, asked -> answer);

    assertFails(patient(), PortFailureException.class);
  }

  @Test
  void a_nest_of_brackets_is_a_failure() {
    issuer.server.json(FakeIssuer.TOKEN, 200, asked -> "[".repeat(200_000));
    assertFails(patient(), PortFailureException.class);
    issuer.server.json(FakeIssuer.TOKEN, 200, asked -> "{\"a\":".repeat(40_000));
    assertFails(patient(), PortFailureException.class);
    issuer.behave();
    issuer.server.json(FakeIssuer.DISCOVERY, 200, asked -> "{\"a\":".repeat(40_000));
    assertFails(patient(), PortFailureException.class);
    issuer.behave();
    issuer.server.json(FakeIssuer.KEYS, 200, asked -> "{\"keys\":" + "[".repeat(200_000));
    assertFails(patient(), PortFailureException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, Refused",
    "400, access_denied, Refused",
    "401, invalid_client, Failure",
    "400, invalid_client, Failure",
    "400, unauthorized_client, Failure",
    "400, invalid_request, Failure",
    "400, unsupported_grant_type, Failure",
    "400, server_error, Unavailable",
    "400, temporarily_unavailable, Unavailable",
    "200, invalid_grant, Refused",
    "400, 4/0AeanS0bVeryS3cret, Failure"
  })
  void what_is_refused_is_told_by_whose_fault_it_is(int status, String error, String kind) {
    issuer.server.json(
        FakeIssuer.TOKEN,
        status,
        asked -> "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, CODE));

    assertFails(
        patient(),
        switch (kind) {
          case "Refused" -> RefusedException.class;
          case "Failure" -> PortFailureException.class;
          default -> PortUnavailableException.class;
        });
  }

  @Test
  void a_code_of_another_issuer_is_shown_to_nobody() {
    IdentityProvider provider = patient();

    assertThatThrownBy(
            () ->
                provider.identify(
                    VISIT, new Return(CODE, Optional.of("https://other-issuer.example"))))
        .isInstanceOf(RefusedException.class);
    assertThat(issuer.server.asked(FakeIssuer.TOKEN)).isEmpty();
  }

  // ---- the circuit

  @Test
  void who_fails_five_times_is_left_alone_for_a_while() {
    IdentityProvider provider = patient();
    issuer.server.json(FakeIssuer.TOKEN, 500, asked -> "");
    for (int i = 0; i < 5; i++) {
      assertFails(provider, PortUnavailableException.class);
    }
    int asked = issuer.server.asked(FakeIssuer.TOKEN).size();

    issuer.clock.advance(Duration.ofSeconds(4));
    assertThatThrownBy(() -> identify(provider))
        .isInstanceOfSatisfying(
            PortUnavailableException.class,
            thrown -> assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(6)));
    assertThat(issuer.server.asked(FakeIssuer.TOKEN)).hasSize(asked);

    issuer.clock.advance(Duration.ofSeconds(6));
    assertFails(provider, PortUnavailableException.class);
    assertThat(issuer.server.asked(FakeIssuer.TOKEN)).hasSize(asked + 1);
    issuer.behave();
    assertFails(provider, PortUnavailableException.class); // it failed again a moment ago

    issuer.clock.advance(Duration.ofSeconds(10));
    identify(provider);
    identify(provider);
  }

  @Test
  void who_only_refuses_is_not_left_alone() {
    IdentityProvider provider = patient();
    issuer.server.json(FakeIssuer.TOKEN, 400, asked -> "{\"error\":\"invalid_grant\"}");
    for (int i = 0; i < 20; i++) {
      assertFails(provider, RefusedException.class);
    }
    issuer.behave();

    identify(provider);
  }

  @Test
  void one_provider_that_fails_does_not_keep_another_from_working() {
    FakeGitHub github = new FakeGitHub(Set.of(VISIT.redirectUri().toString()));
    OAuthConfig config =
        OAuthConfig.of(List.of(issuer.config().providers().getFirst(), github.config()))
            .withTimeout(Duration.ofSeconds(30));
    try (github;
        OAuthAdapter adapter = OAuthAdapter.open(config, issuer.clock)) {
      issuer.server.json(FakeIssuer.TOKEN, 500, asked -> "");
      for (int i = 0; i < 6; i++) {
        assertFails(adapter.identityProviders().getFirst(), PortUnavailableException.class);
      }

      assertThatThrownBy(() -> adapter.identityProviders().getLast().identify(VISIT, BACK))
          .isInstanceOf(RefusedException.class); // it was asked, and does not know the code
    }
  }

  // ---- the end

  @Test
  void an_interrupt_ends_a_call_and_stays_set() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    issuer.server.on(
        FakeIssuer.DISCOVERY,
        (exchange, request) -> {
          asked.countDown();
          issuer.server.silence().to(exchange, request);
        });
    IdentityProvider provider = patient();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  thrown.complete(catchThrowable(() -> provider.authorizationUrl(VISIT)));
                  flag.complete(Thread.currentThread().isInterrupted());
                });
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();

    assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(PortUnavailableException.class);
    assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closing_ends_what_is_under_way_and_nothing_begins_afterwards() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    issuer.server.on(
        FakeIssuer.DISCOVERY,
        (exchange, request) -> {
          asked.countDown();
          issuer.server.silence().to(exchange, request);
        });
    OAuthAdapter adapter =
        OAuthAdapter.open(
            issuer.config().withTimeout(Duration.ofMinutes(1)), InstantSource.system());
    IdentityProvider provider = adapter.identityProviders().getFirst();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> thrown.complete(catchThrowable(() -> provider.authorizationUrl(VISIT))));
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
    adapter.close();
    adapter.close();

    assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(PortException.class);
    assertThatIllegalStateException().isThrownBy(() -> provider.authorizationUrl(VISIT));
  }
}
