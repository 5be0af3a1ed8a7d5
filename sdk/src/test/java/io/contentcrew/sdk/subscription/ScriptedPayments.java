package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider that tells and answers what a test says, and notes what it is asked to do. */
final class ScriptedPayments
    implements PaymentProvider, SubscriptionEvents, Checkout, SubscriptionArbiter {
  private final PaymentProviderName name;
  private final boolean hasOwnIds;
  private final Map<String, List<SubscriptionEvent>> meanings = new ConcurrentHashMap<>();
  final Map<SubscriptionRef, Stated> answers = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<byte[]> undelivered = new ArrayList<>();
  volatile boolean answersQuestions;
  volatile boolean hasCredentials = true;
  volatile boolean isAway;
  volatile boolean declines;
  volatile boolean refuses;

  ScriptedPayments(PaymentProviderName name, boolean hasOwnIds) {
    this.name = name;
    this.hasOwnIds = hasOwnIds;
  }

  /** A delivery that means that, and has that name. */
  WebhookDelivery delivery(String key, SubscriptionEvent... events) {
    meanings.put(key, List.of(events));
    return new WebhookDelivery(
        Map.of("Signature", List.of("genuine")), key.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Verdict verify(WebhookDelivery delivery) {
    return delivery.header("signature").equals(List.of("genuine"))
        ? new Verdict.Genuine()
        : new Verdict.Forged("the signature is not genuine");
  }

  @Override
  public WebhookEvent read(byte[] body) {
    String key = new String(body, StandardCharsets.UTF_8);
    return new WebhookEvent(
        key,
        hasOwnIds,
        "some.type",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        meanings.getOrDefault(key, List.of(new SubscriptionEvent.Unreadable("not scripted"))));
  }

  @Override
  public PaymentProviderName name() {
    return name;
  }

  @Override
  public String displayName() {
    return "Scripted";
  }

  @Override
  public boolean isTest() {
    return true;
  }

  @Override
  public SubscriptionEvents events() {
    return this;
  }

  @Override
  public Optional<Checkout> checkout() {
    return hasCredentials ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Optional<SubscriptionArbiter> arbiter() {
    return answersQuestions ? Optional.of(this) : Optional.empty();
  }

  private void called(String call) {
    calls.add(call);
    if (isAway) {
      throw new PortUnavailableException("the provider is told to be away", null);
    }
  }

  @Override
  public URI start(Order order) {
    called("start " + order.price() + " " + order.customer().orElse("-"));
    return URI.create("https://pay.example/" + order.idempotencyKey());
  }

  @Override
  public URI manage(Subscription subscription, URI returnTo) {
    called("manage " + subscription.ref().id());
    return URI.create("https://pay.example/manage");
  }

  @Override
  public void cancelAtPeriodEnd(Subscription subscription) {
    called("cancel " + subscription.ref().id());
  }

  @Override
  public void resume(Subscription subscription) {
    called("resume " + subscription.ref().id());
  }

  @Override
  public boolean canChange() {
    return hasOwnIds;
  }

  @Override
  public void change(Subscription subscription, String price, String idempotencyKey) {
    called("change " + subscription.ref().id() + " " + price);
    if (declines) {
      throw new DeclinedException("the card is told to be declined");
    }
  }

  @Override
  public void end(Subscription subscription) {
    called("end " + subscription.ref().id());
  }

  @Override
  public Optional<Stated> ask(SubscriptionRef subscription) {
    called("ask " + subscription.id());
    if (refuses) {
      throw new PortFailureException("the key is told to be wrong", null);
    }
    return Optional.ofNullable(answers.get(subscription));
  }

  @Override
  public List<byte[]> undelivered(Instant since, int limit) {
    return List.copyOf(undelivered);
  }
}
