package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerKnown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order.Dated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.StatusUnknown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.testkit.TestClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which webhooks the test payments take for their own, and what they make of others. */
class TestPaymentsEventsTest {
  private static final String SECRET = "a secret of the tests";
  private static final String GOOD =
      "id=evt_1&type=subscription.updated&created=1769853600&subscription=test_sub_1"
          + "&customer=test_cus_1&status=active&price.0=p1&period_end=1772272800"
          + "&previous.status=past_due&previous.cancel_at=";

  private final TestClock clock = new TestClock(Instant.ofEpochSecond(1_769_853_600L));
  private final SubscriptionEvents events =
      TestPayments.of(Secret.of(SECRET), URI.create("https://crew.example/"), clock, delivery -> {})
          .events();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String signed(String secret, String t, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
      mac.update(bytes(t + "."));
      return "t=" + t + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Verdict verify(byte[] body, String... headers) {
    return events.verify(new WebhookDelivery(Map.of("test-signature", List.of(headers)), body));
  }

  private void assertForged(byte[] body, String... headers) {
    assertThat(verify(body, headers)).isInstanceOf(Verdict.Forged.class);
  }

  // ---- signatures

  @Test
  void whoever_has_the_secret_can_sign() {
    for (byte[] body : List.of(bytes(GOOD), new byte[0], new byte[] {(byte) 0xff, 0})) {
      assertThat(verify(body, signed(SECRET, "1769853600", body))).isEqualTo(new Verdict.Genuine());
    }
  }

  @Test
  void a_signature_is_good_five_minutes_before_and_after() {
    String header = signed(SECRET, "1769853600", bytes(GOOD));
    for (int seconds : List.of(-300, -1, 0, 299, 300)) {
      clock.set(Instant.ofEpochSecond(1_769_853_600L + seconds));
      assertThat(verify(bytes(GOOD), header)).isEqualTo(new Verdict.Genuine());
    }
    for (int seconds : List.of(-301, 301, 86_400, -86_400)) {
      clock.set(Instant.ofEpochSecond(1_769_853_600L + seconds));
      assertForged(bytes(GOOD), header);
    }
    clock.set(Instant.ofEpochSecond(1_769_853_900L).plus(Duration.ofMillis(1)));
    assertForged(bytes(GOOD), header);
  }

  @Test
  void anything_else_is_forged() {
    byte[] body = bytes(GOOD);
    String good = signed(SECRET, "1769853600", body);
    assertForged(body);
    assertForged(body, good, good);
    assertForged(body, "");
    assertForged(body, " " + good);
    assertForged(body, good.replace(",", ", "));
    assertForged(body, good.toUpperCase(Locale.ROOT));
    assertForged(body, good + ",v1=" + good.substring(good.length() - 64));
    assertForged(body, "t=1769853600," + good);
    assertForged(body, good.substring(good.indexOf(',') + 1));
    assertForged(body, good.replace("v1", "v0"));
    assertForged(body, good.replace("1769853600", "1769853601"));
    assertForged(body, good.replace("t=1", "t=\u0661"));
    assertForged(body, good.replace("t=1", "t=+1"));
    assertForged(body, signed("another secret of the tests", "1769853600", body));
    assertForged(bytes(GOOD + " "), good);
    assertThat(events.verify(new WebhookDelivery(Map.of(), body)))
        .isInstanceOf(Verdict.Forged.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai"})
  void the_language_of_the_machine_changes_nothing(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      assertThat(verify(bytes(GOOD), signed(SECRET, "1769853600", bytes(GOOD))))
          .isEqualTo(new Verdict.Genuine());
      assertThat(events.read(bytes(GOOD)).events().getFirst()).isInstanceOf(Stated.class);
    } finally {
      Locale.setDefault(before);
    }
  }

  // ---- bodies

  private List<?> meaning(String body) {
    return events.read(bytes(body)).events();
  }

  @Test
  void what_is_not_said_is_empty() {
    Stated stated = (Stated) meaning(GOOD).getFirst();

    assertThat(stated.snapshot().user()).isEmpty();
    assertThat(stated.snapshot().term().periodStart()).isEmpty();
    assertThat(stated.snapshot().term().periodEnd())
        .contains(Instant.ofEpochSecond(1_772_272_800L));
    assertThat(((Dated) stated.order()).previous()).hasSize(2).containsValue("");
  }

  @Test
  void what_it_does_not_know_it_says_so() {
    assertThat(meaning(GOOD.replace("status=active", "status=odd")).getFirst())
        .isInstanceOf(StatusUnknown.class);
    assertThat(meaning(GOOD.replace("subscription.updated", "something.new")).getFirst())
        .isInstanceOf(Irrelevant.class);
    assertThat(meaning(GOOD.replace("subscription=", "x=")).getFirst())
        .isInstanceOf(Unreadable.class);
    assertThat(meaning("id=e&type=customer.known&created=1").getFirst())
        .isInstanceOf(Unreadable.class);
    assertThat(meaning("id=e&type=customer.known&created=1&customer=c&user=nobody").getFirst())
        .isInstanceOfSatisfying(CustomerKnown.class, known -> assertThat(known.user()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&",
        "=",
        "a",
        "id=%",
        "id=%zz",
        "{\"id\":1}",
        "id=e&type=t",
        "id=e&id=f&type=t&created=1",
        "id=e&type=t&created=x",
        "id=e&type=t&created=99999999999",
        "id=a+b&type=t&created=1",
        "id=e&type=\u00e9&created=1",
        "id=e&type=%00&created=1"
      })
  void what_cannot_be_read_is_named_by_its_bytes(String body) {
    WebhookEvent event = events.read(bytes(body));

    assertThat(event.key()).matches("sha256:[0-9a-f]{64}");
    assertThat(event.hasOwnId()).isFalse();
    assertThat(event.events().getFirst()).isInstanceOf(Unreadable.class);
  }

  @Test
  void whatever_bytes_come_reading_never_fails_and_says_the_same_again() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = bytes(GOOD);
      for (int change = 0; change <= random.nextInt(5); change++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 128);
      }
      WebhookEvent event = events.read(body);
      assertThat(event.key()).matches("[\\x21-\\x7E]{1,500}");
      assertThat(events.read(body)).isEqualTo(event);
    }
  }
}
