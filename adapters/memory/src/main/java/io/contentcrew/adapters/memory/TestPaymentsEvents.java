package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerKnown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.StatusUnknown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Understands the webhooks of {@link TestPayments}. */
final class TestPaymentsEvents implements SubscriptionEvents {
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,15}");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");

  private final TestPaymentsSeal seal;

  TestPaymentsEvents(TestPaymentsSeal seal) {
    this.seal = seal;
  }

  @Override
  public Verdict verify(WebhookDelivery delivery) {
    return seal.verify(delivery);
  }

  @Override
  public WebhookEvent read(byte[] body) {
    return TestPaymentsForm.read(body)
        .flatMap(TestPaymentsEvents::read)
        .orElseGet(() -> unreadable(body));
  }

  private static WebhookEvent unreadable(byte[] body) {
    return new WebhookEvent(
        "sha256:" + hash(body),
        false,
        "unreadable",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(new Unreadable("it is no form with a name, a type and a time")));
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Optional<WebhookEvent> read(TestPaymentsForm form) {
    Optional<String> id = TestPaymentsSnapshot.name(form, "id");
    Optional<String> type = TestPaymentsSnapshot.name(form, "type");
    Optional<Instant> at = TestPaymentsSnapshot.time(form, "created");
    return id.isEmpty() || type.isEmpty() || at.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WebhookEvent(
                id.get(),
                true,
                type.get(),
                Optional.empty(),
                TestPaymentsSnapshot.name(form, "customer"),
                at,
                events(form, id.get(), type.get(), at.get())));
  }

  private static List<SubscriptionEvent> events(
      TestPaymentsForm form, String id, String type, Instant at) {
    return switch (type) {
      case "customer.known" -> List.of(customer(form));
      case "subscription.created" -> subscription(form, id, Step.CREATED, at);
      case "subscription.updated" -> subscription(form, id, Step.UPDATED, at);
      case "subscription.deleted" -> subscription(form, id, Step.DELETED, at);
      default -> List.of(new Irrelevant());
    };
  }

  private static SubscriptionEvent customer(TestPaymentsForm form) {
    return TestPaymentsSnapshot.name(form, "customer")
        .<SubscriptionEvent>map(
            customer ->
                new CustomerKnown(
                    PaymentProviderName.TEST, customer, TestPaymentsSnapshot.user(form)))
        .orElseGet(() -> new Unreadable("it does not name the customer"));
  }

  private static List<SubscriptionEvent> subscription(
      TestPaymentsForm form, String id, Step step, Instant at) {
    Optional<SubscriptionRef> ref = TestPaymentsSnapshot.ref(form);
    Optional<String> word = TestPaymentsSnapshot.name(form, "status");
    if (ref.isEmpty() || word.isEmpty()) {
      return List.of(new Unreadable("it does not name the subscription, or its status"));
    }
    List<SubscriptionEvent> events = new ArrayList<>();
    events.add(
        StripeStatus.of(word.get())
            .<SubscriptionEvent>map(
                status ->
                    new Stated(
                        TestPaymentsSnapshot.read(form, ref.get(), status),
                        new Order.Dated(at, id, step, previous(form))))
            .orElseGet(() -> new StatusUnknown(ref.get(), word.get())));
    paid(form, ref.get(), at).ifPresent(events::add);
    failed(form, ref.get(), at).ifPresent(events::add);
    return events;
  }

  private static Map<Snapshot.Facet, String> previous(TestPaymentsForm form) {
    Map<String, String> named = form.under("previous.");
    Map<Snapshot.Facet, String> previous = new EnumMap<>(Snapshot.Facet.class);
    Arrays.stream(Snapshot.Facet.values())
        .forEach(
            facet ->
                Optional.ofNullable(named.get(facet.name().toLowerCase(Locale.ROOT)))
                    .ifPresent(value -> previous.put(facet, value)));
    return previous;
  }

  private static Optional<Paid> paid(TestPaymentsForm form, SubscriptionRef ref, Instant at) {
    return TestPaymentsSnapshot.name(form, "paid.invoice")
        .map(
            invoice ->
                new Paid(
                    ref,
                    invoice,
                    amount(form),
                    TestPaymentsSnapshot.time(form, "paid.through"),
                    at));
  }

  private static Optional<Money> amount(TestPaymentsForm form) {
    Optional<Currency> currency = form.get("paid.currency").flatMap(TestPaymentsEvents::currency);
    return form.get("paid.amount")
        .filter(text -> WHOLE.matcher(text).matches())
        .flatMap(minor -> currency.map(known -> new Money(known, Long.parseLong(minor))));
  }

  private static Optional<Currency> currency(String code) {
    try {
      return Optional.of(Currency.getInstance(code));
    } catch (IllegalArgumentException e) { // no such currency
      return Optional.empty();
    }
  }

  private static Optional<PaymentFailed> failed(
      TestPaymentsForm form, SubscriptionRef ref, Instant at) {
    int attempts =
        form.get("failed.attempts")
            .filter(text -> COUNT.matcher(text).matches())
            .map(Integer::parseInt)
            .orElse(1);
    return TestPaymentsSnapshot.name(form, "failed.invoice")
        .map(
            invoice ->
                new PaymentFailed(
                    ref,
                    invoice,
                    attempts,
                    TestPaymentsSnapshot.time(form, "failed.next"),
                    Optional.empty(),
                    false,
                    at));
  }
}
