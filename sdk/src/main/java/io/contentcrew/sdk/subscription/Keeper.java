package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.Notice;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.BillingLedger.Kind;
import io.contentcrew.sdk.user.PostOffice;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps subscriptions, with all that hangs on a change of one. */
final class Keeper {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.subscription");

  private final Duration grace;
  private final Optional<PostOffice> post;

  Keeper(Duration grace, Optional<PostOffice> post) {
    this.grace = grace;
    this.post = post;
  }

  /** Stores what a subscription has become; those who wait for it wait no more. */
  void keep(
      Stores stores,
      Optional<Subscription> before,
      Subscription next,
      List<Notice> notices,
      Aftermath.Notes notes,
      Instant now) {
    if (!before.equals(Optional.of(next))) {
      OptionalLong version = stores.subscriptions().save(next, next.grantsUntil(grace), now);
      if (version.isPresent()) {
        stores.tierChanges().add(next.user(), version.getAsLong(), Aftermath.due(now));
        notes.changed(next.user(), version.getAsLong());
      }
      if (version.isPresent()
          || !before.map(Subscription::status).equals(Optional.of(next.status()))) {
        stores.audit().append(changed(next, now));
      }
    }
    if (before.isEmpty()) {
      warnOfTwo(stores, next);
      PaymentProviderName provider = next.ref().provider();
      if (!next.snapshot().customer().isEmpty()) {
        link(stores, provider, next.snapshot().customer(), next.user(), now);
      }
      stores
          .webhooks()
          .release(provider, new Waiting(Waiting.For.SUBSCRIPTION, next.ref().id()), now);
    }
    boolean granted = before.filter(one -> one.grantsAt(now, grace)).isPresent();
    notices.stream() // of what ended before, its owner was told then
        .filter(notice -> notice.kind() != Notice.Kind.PLAN_ENDED || granted)
        .forEach(notice -> tell(stores, next, notice, notes, now));
  }

  /** Until when it grants something. */
  Optional<Instant> grantsUntil(Subscription one) {
    return one.grantsUntil(grace);
  }

  /** Whoever opens two checkout pages and pays on both pays twice: somebody must give it back. */
  private static void warnOfTwo(Stores stores, Subscription next) {
    stores.subscriptions().bought(next.user()).stream()
        .filter(other -> other.isLive() && next.isLive() && !other.ref().equals(next.ref()))
        .filter(other -> other.status() != StripeStatus.INCOMPLETE)
        .forEach(
            other ->
                LOG.log(
                    Level.WARNING,
                    "User {0} has {1} beside {2}, and pays for both; cancel one of them",
                    next.user(),
                    next.ref(),
                    other.ref()));
  }

  private static SecurityEvent changed(Subscription next, Instant now) {
    return new SecurityEvent(
        SecurityEvent.Kind.SUBSCRIPTION_CHANGED,
        Optional.of(next.user()),
        now,
        Map.of(
            "subscription", next.ref().toString(),
            "status", next.status().wireName(),
            "tier", next.plan().tier().value()));
  }

  /** Says who a customer is; those who wait for that wait no more. */
  boolean link(
      Stores stores, PaymentProviderName provider, String customer, UserId user, Instant now) {
    boolean isNew = stores.customers().link(provider, customer, user, now);
    if (isNew) {
      stores.webhooks().release(provider, new Waiting(Waiting.For.CUSTOMER, customer), now);
    }
    return isNew;
  }

  /** Tells the owner, unless that was done. */
  void tell(Stores stores, Subscription next, Notice notice, Aftermath.Notes notes, Instant now) {
    BillingLedger.Row row =
        new BillingLedger.Row(
            next.ref().provider(),
            kind(notice.kind()),
            notice.key(),
            Optional.of(next.user()),
            Optional.empty(),
            "",
            now);
    Optional<User> owner = stores.users().find(next.user());
    if (stores.billing().add(row) && owner.isPresent()) {
      PostOffice.tell(post, stores, owner.get(), matter(next, notice), now);
      notes.written();
    }
  }

  private static Kind kind(Notice.Kind kind) {
    return switch (kind) {
      case PAYMENT_FAILED -> Kind.PAYMENT_FAILED;
      case TRIAL_ENDING -> Kind.TRIAL_ENDING;
      case PLAN_ENDED -> Kind.PLAN_ENDED;
    };
  }

  private static Matter matter(Subscription next, Notice notice) {
    UserId owner = next.user();
    return switch (notice.kind()) {
      case PAYMENT_FAILED ->
          new Matter.PaymentFailed(owner, next.payments().problem().flatMap(PaymentFailed::payAt));
      case TRIAL_ENDING -> new Matter.TrialEnding(owner, next.snapshot().term().trialEnd());
      case PLAN_ENDED -> new Matter.PlanEnded(owner, next.plan().tier());
    };
  }
}
