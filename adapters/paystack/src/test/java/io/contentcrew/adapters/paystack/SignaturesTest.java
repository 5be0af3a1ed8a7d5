package io.contentcrew.adapters.paystack;

import static io.contentcrew.adapters.paystack.Webhooks.KEY;
import static io.contentcrew.adapters.paystack.Webhooks.bytes;
import static io.contentcrew.adapters.paystack.Webhooks.delivery;
import static io.contentcrew.adapters.paystack.Webhooks.events;
import static io.contentcrew.adapters.paystack.Webhooks.fixture;
import static io.contentcrew.adapters.paystack.Webhooks.sign;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
  private static final byte[] BODY = fixture("subscription.create");
  private static final String GOOD = sign(KEY, BODY);

  private final SubscriptionEvents events = events(KEY);

  @Test
  void what_paystack_has_signed_is_genuine() {
    assertThat(events.verify(delivery(BODY, GOOD))).isEqualTo(new Verdict.Genuine());
  }

  @Test
  void the_name_of_the_header_may_be_written_in_any_letters() {
    WebhookDelivery delivery =
        new WebhookDelivery(Map.of("X-Paystack-SIGNATURE", List.of(GOOD)), BODY);

    assertThat(events.verify(delivery)).isEqualTo(new Verdict.Genuine());
  }

  @Test
  void the_known_digest_of_a_known_text_is_genuine() { // RFC 4231, test case 2
    String digest =
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";

    assertThat(
            events(Secret.of("Jefe"))
                .verify(delivery(bytes("what do ya want for nothing?"), digest)))
        .isEqualTo(new Verdict.Genuine());
  }

  @Test
  void a_byte_more_less_or_other_is_forged() {
    byte[] other = BODY.clone();
    other[40] ^= 1;

    assertForged(delivery(other, GOOD));
    assertForged(delivery(bytes(new String(BODY, StandardCharsets.UTF_8) + " "), GOOD));
    assertForged(delivery(new byte[0], GOOD));
  }

  @Test
  void the_same_json_written_otherwise_is_forged() {
    byte[] rewritten = Json.bytes(Json.object(BODY).orElseThrow());

    assertForged(delivery(rewritten, GOOD));
    assertThat(events.verify(delivery(rewritten, sign(KEY, rewritten))))
        .isEqualTo(new Verdict.Genuine());
  }

  @Test
  void any_other_spelling_of_the_signature_is_forged() {
    assertForged(delivery(BODY, GOOD.toUpperCase(Locale.ROOT)));
    assertForged(delivery(BODY, " " + GOOD));
    assertForged(delivery(BODY, GOOD + " "));
    assertForged(delivery(BODY, GOOD + "0"));
    assertForged(delivery(BODY, GOOD.substring(1)));
    assertForged(delivery(BODY, "sha512=" + GOOD));
    assertForged(delivery(BODY, ""));
    assertForged(delivery(BODY, "g" + GOOD.substring(1)));
    assertForged(delivery(BODY, GOOD.replace('0', '\u0660')));
    assertForged(delivery(BODY, "\uff11" + GOOD.substring(1)));
    assertForged(delivery(BODY, "\0".repeat(128)));
  }

  @Test
  void exactly_one_header_is_looked_for() {
    assertForged(delivery(BODY));
    assertForged(new WebhookDelivery(Map.of(), BODY));
    assertForged(delivery(BODY, GOOD, GOOD));
    assertForged(delivery(BODY, sign(Secret.of("x"), BODY), GOOD));
    assertForged(delivery(BODY, GOOD + "," + GOOD));
  }

  @Test
  void each_key_is_good_while_one_is_taken_out_of_use() {
    Secret fresh = Secret.of("sk_test_the-next");
    SubscriptionEvents both = events(KEY, fresh);

    assertThat(both.verify(delivery(BODY, GOOD))).isEqualTo(new Verdict.Genuine());
    assertThat(both.verify(delivery(BODY, sign(fresh, BODY)))).isEqualTo(new Verdict.Genuine());
    assertThat(both.verify(delivery(BODY, sign(Secret.of("sk_test_neither"), BODY))))
        .isInstanceOf(Verdict.Forged.class);
  }

  @Test
  void without_a_key_nothing_is_genuine_and_nothing_forged() {
    assertThat(events().verify(delivery(BODY, GOOD))).isEqualTo(new Verdict.NoSecret());
    assertThat(events().verify(delivery(BODY))).isEqualTo(new Verdict.NoSecret());
  }

  @Test
  void bytes_that_are_no_text_and_no_bytes_at_all_can_be_genuine() {
    for (byte[] body : List.of(new byte[0], new byte[] {(byte) 0xff, 0, (byte) 0xfe})) {
      assertThat(events.verify(delivery(body, sign(KEY, body)))).isEqualTo(new Verdict.Genuine());
    }
  }

  @Test
  void a_body_of_ten_megabytes_is_verified_like_any_other() {
    byte[] body = new byte[10 << 20];
    new Random(1).nextBytes(body);

    assertThat(events.verify(delivery(body, sign(KEY, body)))).isEqualTo(new Verdict.Genuine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "hi-IN-u-nu-deva", "tr-TR"})
  void the_language_of_the_machine_changes_nothing(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      SubscriptionEvents here = events(KEY);
      assertThat(here.verify(delivery(BODY, GOOD))).isEqualTo(new Verdict.Genuine());
      assertThat(here.read(BODY)).isEqualTo(readAt(before));
      assertThat(here.read(BODY).key()).matches("[\\x21-\\x7E]+");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static SubscriptionEvents.WebhookEvent readAt(Locale locale) {
    Locale now = Locale.getDefault();
    Locale.setDefault(locale);
    try {
      return Webhooks.read(BODY);
    } finally {
      Locale.setDefault(now);
    }
  }

  @Test
  void many_threads_are_told_the_truth_at_once() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      byte[] body = bytes("{\"n\":" + i + "}");
      boolean isGood = i % 2 == 0;
      String signature = sign(isGood ? KEY : Secret.of("another"), body);
      tasks.add(
          () -> events.verify(delivery(body, signature)).equals(new Verdict.Genuine()) == isGood);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> isTrue : threads.invokeAll(tasks)) {
        assertThat(isTrue.get()).isTrue();
      }
    }
  }

  /** And the reason repeats nothing of what was sent. */
  private void assertForged(WebhookDelivery delivery) {
    Verdict verdict = events.verify(delivery);
    assertThat(verdict).isInstanceOf(Verdict.Forged.class);
    assertThat(((Verdict.Forged) verdict).why())
        .contains(Webhooks.HEADER)
        .doesNotContain(GOOD.substring(0, 20));
  }
}
