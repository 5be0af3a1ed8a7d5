package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.testkit.SignedWebhook;
import io.contentcrew.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
  private static final String SECRET = "whsec_ofOurEndpoint";
  private static final byte[] BODY =
      "{\n  \"id\": \"evt_1\", \"n\": \"é\"\n}".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
  private static final String T = "1700000000";

  private final TestClock clock = new TestClock(NOW.plusMillis(999));
  private final Verifier verifier = verifier(SECRET);

  private Verifier verifier(String... secrets) {
    return new Verifier(StripeConfig.of(Arrays.stream(secrets).map(Secret::of).toList()), clock);
  }

  private static WebhookDelivery delivery(byte[] body, String... headers) {
    return new WebhookDelivery(Map.of("stripe-signature", List.of(headers)), body);
  }

  private static String signed(String time) {
    return SignedWebhook.stripeSignature(SECRET, time, BODY);
  }

  static Stream<Arguments> genuine() {
    String good = signed(T);
    String other = SignedWebhook.stripeSignature("whsec_another", T, BODY);
    return Stream.of(
        Arguments.of("as Stripe sends it", "t=" + T + ",v1=" + good),
        Arguments.of("in test mode, with v0", "t=" + T + ",v1=" + good + ",v0=" + other),
        Arguments.of("in another order", "v1=" + good + ",t=" + T),
        Arguments.of("while a secret is rolled", "t=" + T + ",v1=" + other + ",v1=" + good),
        Arguments.of("the other way round", "t=" + T + ",v1=" + good + ",v1=" + other),
        Arguments.of("with what may come", "t=" + T + ",v2=Zz=,v1=" + good),
        Arguments.of("300 s ago", "t=1699999700,v1=" + signed("1699999700")),
        Arguments.of("299 s ago", "t=1699999701,v1=" + signed("1699999701")),
        Arguments.of("300 s ahead", "t=1700000300,v1=" + signed("1700000300")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("genuine")
  void what_stripe_signed_is_genuine(String how, String header) {
    assertThat(verifier.verify(delivery(BODY, header))).isEqualTo(new Verdict.Genuine());
  }

  static Stream<Arguments> forged() {
    String good = signed(T);
    String upper = good.toUpperCase(Locale.ROOT);
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("a blank", " "),
        Arguments.of("no number", "t=abc,v1=" + SignedWebhook.stripeSignature(SECRET, "abc", BODY)),
        Arguments.of("a number and more", "t=123xyz,v1=" + good),
        Arguments.of("ours and more", "t=" + T + "xyz,v1=" + signed(T + "xyz")),
        Arguments.of("signed for more", "t=" + T + "xyz,v1=" + good),
        Arguments.of("a negative number", "t=-1,v1=" + signed("-1")),
        Arguments.of("a plus", "t=+" + T + ",v1=" + signed("+" + T)),
        Arguments.of("Arabic digits", "t=\u0661\u0667" + ",v1=" + good),
        Arguments.of("a number beyond all bounds", "t=99999999999999999999,v1=" + good),
        Arguments.of("t alone", "t"),
        Arguments.of("v1 alone", "v1"),
        Arguments.of("t without a value", "t=,v1=" + good),
        Arguments.of("v1 without a value", "t=" + T + ",v1="),
        Arguments.of("only a time", "t=" + T),
        Arguments.of("only a signature", "v1=" + good),
        Arguments.of("only v0", "t=" + T + ",v0=" + good),
        Arguments.of("another scheme", "t=" + T + ",v2=" + good),
        Arguments.of("the scheme in capitals", "t=" + T + ",V1=" + good),
        Arguments.of("a blank after the comma", "t=" + T + ", v1=" + good),
        Arguments.of("a blank around it", " t=" + T + ",v1=" + good + " "),
        Arguments.of("a tab", "t=" + T + ",\tv1=" + good),
        Arguments.of("a line end", "t=" + T + ",v1=" + good + "\n"),
        Arguments.of("a blank in another scheme", "t=" + T + ",v0=a b,v1=" + good),
        Arguments.of("another letter in another scheme", "t=" + T + ",v0=\u00e9,v1=" + good),
        Arguments.of("an empty part", "t=" + T + ",,v1=" + good),
        Arguments.of("a comma at the end", "t=" + T + ",v1=" + good + ","),
        Arguments.of("a part without a name", "t=" + T + ",=x,v1=" + good),
        Arguments.of("capital digits", "t=" + T + ",v1=" + upper),
        Arguments.of("capital digits beside good ones", "t=" + T + ",v1=" + upper + ",v1=" + good),
        Arguments.of("too short", "t=" + T + ",v1=" + good.substring(1)),
        Arguments.of("too long", "t=" + T + ",v1=" + good + "0"),
        Arguments.of("two times, good first", "t=" + T + ",t=1,v1=" + good),
        Arguments.of("two times, good last", "t=1,t=" + T + ",v1=" + good),
        Arguments.of("the same time twice", "t=" + T + ",t=" + T + ",v1=" + good),
        Arguments.of("a leading zero that was not signed", "t=0" + T + ",v1=" + good),
        Arguments.of("301 s ago", "t=1699999699,v1=" + signed("1699999699")),
        Arguments.of("301 s ahead", "t=1700000301,v1=" + signed("1700000301")),
        Arguments.of("a day ahead", "t=1700086400,v1=" + signed("1700086400")),
        Arguments.of("of another time", "t=1700000001,v1=" + good),
        Arguments.of("all zeros", "t=" + T + ",v1=" + "0".repeat(64)),
        Arguments.of(
            "another secret",
            "t=" + T + ",v1=" + SignedWebhook.stripeSignature("whsec_another", T, BODY)),
        Arguments.of(
            "the secret without its beginning",
            "t=" + T + ",v1=" + SignedWebhook.stripeSignature("ofOurEndpoint", T, BODY)),
        Arguments.of("far too long", "t=" + T + (",v0=" + good).repeat(1_000) + ",v1=" + good));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forged")
  void anything_else_is_forged(String how, String header) {
    assertThat(verifier.verify(delivery(BODY, header)))
        .isInstanceOfSatisfying(
            Verdict.Forged.class,
            forged -> assertThat(forged.why()).isNotBlank().doesNotContain("whsec_", "xyz"));
  }

  @Test
  void one_header_is_wanted_and_no_more() {
    String header = "t=" + T + ",v1=" + signed(T);

    assertThat(verifier.verify(delivery(BODY))).isInstanceOf(Verdict.Forged.class);
    assertThat(verifier.verify(new WebhookDelivery(Map.of(), BODY)))
        .isInstanceOf(Verdict.Forged.class);
    assertThat(verifier.verify(delivery(BODY, header, header))).isInstanceOf(Verdict.Forged.class);
    assertThat(
            verifier.verify(new WebhookDelivery(Map.of("STRIPE-SIGNATURE", List.of(header)), BODY)))
        .isInstanceOf(Verdict.Genuine.class);
  }

  @Test
  void every_bit_of_the_body_counts() {
    String header = "t=" + T + ",v1=" + signed(T);
    for (int bit = 0; bit < BODY.length * 8; bit++) {
      byte[] changed = BODY.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(verifier.verify(delivery(changed, header))).isInstanceOf(Verdict.Forged.class);
    }
    assertThat(verifier.verify(delivery(Arrays.copyOf(BODY, BODY.length + 1), header)))
        .isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void bodies_are_bytes_whatever_they_are() {
    for (byte[] body :
        List.of(new byte[0], new byte[] {(byte) 0xff, 0, (byte) 0x80}, new byte[1 << 20])) {
      assertThat(verifier.verify(SignedWebhook.stripe(SECRET, NOW, body)))
          .isInstanceOf(Verdict.Genuine.class);
    }
  }

  @Test
  void any_of_our_secrets_will_do() {
    Verifier both = verifier("whsec_old", SECRET, "whsec_new");

    for (String secret : List.of("whsec_old", SECRET, "whsec_new")) {
      assertThat(both.verify(SignedWebhook.stripe(secret, NOW, BODY)))
          .isInstanceOf(Verdict.Genuine.class);
    }
    assertThat(both.verify(SignedWebhook.stripe("whsec_nobody's", NOW, BODY)))
        .isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void without_a_secret_nobody_can_tell() {
    assertThat(verifier().verify(SignedWebhook.stripe(SECRET, NOW, BODY)))
        .isEqualTo(new Verdict.NoSecret());
    assertThat(verifier().verify(delivery(BODY))).isEqualTo(new Verdict.NoSecret());
  }

  @Test
  void the_tolerance_is_the_configured_one() {
    Verifier strict =
        new Verifier(
            StripeConfig.of(Secret.of(SECRET)).withTolerance(Duration.ofSeconds(10)), clock);

    assertThat(strict.verify(SignedWebhook.stripe(SECRET, NOW.minusSeconds(10), BODY)))
        .isInstanceOf(Verdict.Genuine.class);
    assertThat(strict.verify(SignedWebhook.stripe(SECRET, NOW.minusSeconds(11), BODY)))
        .isInstanceOf(Verdict.Forged.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ar-EG-u-nu-arab",
        "ar-EG",
        "fa-IR",
        "th-TH-u-nu-thai",
        "th",
        "hi-IN-u-nu-deva",
        "hi",
        "tr"
      })
  void the_language_of_the_machine_does_not_matter(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      assertThat(verifier.verify(delivery(BODY, "t=" + T + ",v1=" + signed(T))))
          .isInstanceOf(Verdict.Genuine.class);
      assertThat(verifier.verify(SignedWebhook.stripe(SECRET, NOW, BODY)))
          .isInstanceOf(Verdict.Genuine.class);
      assertThat(EventReader.read(Fixtures.event("2020-03-02.invoice.paid.json")).events())
          .isEqualTo(EventReader.read(Fixtures.event("2020-03-02.invoice.paid.json")).events())
          .hasOnlyElementsOfType(Paid.class);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void many_threads_may_ask_at_once() throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      byte[] body = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
      WebhookDelivery good = SignedWebhook.stripe(SECRET, NOW, body);
      WebhookDelivery bad = SignedWebhook.stripe("whsec_another", NOW, body);
      calls.add(() -> verifier.verify(good) instanceof Verdict.Genuine);
      calls.add(() -> verifier.verify(bad) instanceof Verdict.Forged);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> right : threads.invokeAll(calls)) {
        assertThat(right.get()).isTrue();
      }
    }
  }
}
