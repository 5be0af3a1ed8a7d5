package io.contentcrew.domain.subscription;

import io.contentcrew.domain.subscription.Known.Told;
import io.contentcrew.domain.subscription.SubscriptionEvent.OfSubscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionEvent.TrialEnding;
import io.contentcrew.domain.subscription.SubscriptionStatus.Access;
import io.contentcrew.domain.subscription.Transition.Changed;
import io.contentcrew.domain.subscription.Transition.Kept;
import io.contentcrew.domain.subscription.Transition.Kept.Reason;
import io.contentcrew.domain.subscription.Transition.Undecided;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Applies an event to a subscription. */
record Reducer(
    Optional<Subscription> held,
    Optional<UserId> owner,
    Function<List<String>, Optional<Plan>> plans) {

  Transition apply(OfSubscription event) {
    return switch (event) {
      case Stated(Snapshot snapshot, Order.Dated dated) -> dated(snapshot, dated);
      case Stated(Snapshot snapshot, Order.Ranked ranked) -> ranked(snapshot);
      case Stated(Snapshot snapshot, Order.Asked(Instant at)) -> asked(snapshot, at);
      case Paid paid -> paid(paid);
      case PaymentFailed failed -> failed(failed);
      case TrialEnding ending -> ending(ending);
      case SubscriptionEvent.Changed(SubscriptionRef ref) ->
          new Waiting(Waiting.For.ANSWER, ref.id());
      case SubscriptionEvent.StatusUnknown(SubscriptionRef ref, String status) ->
          new Waiting(Waiting.For.STATUS, status);
    };
  }

  // ---- what is stated, by the provider's time

  /**
   * The later second holds, and an end is never undone. What was told in one and the same second is
   * kept, all of it, and {@link Sequence} finds out what was last.
   */
  private Transition dated(Snapshot stated, Order.Dated order) {
    Told told = new Told(order.eventId(), order.step(), order.previous(), stated);
    Instant second = order.second().truncatedTo(ChronoUnit.SECONDS);
    Known alone = new Known.Dated(second, List.of(told));
    if (held.isEmpty() || !(held.get().known() instanceof Known.Dated(var known, var others))) {
      return next(stated, alone);
    }
    boolean isOver = held.get().snapshot().status().isFinal();
    if (isOver != stated.status().isFinal()) {
      return isOver ? new Kept(Reason.STALE) : next(stated, alone);
    }
    if (second.isBefore(known)) {
      return new Kept(Reason.STALE);
    }
    if (second.isAfter(known)) {
      return next(stated, alone);
    }
    if (others.stream().anyMatch(other -> other.eventId().equals(told.eventId()))) {
      return new Kept(Reason.REPEATED);
    }
    List<Told> all = new ArrayList<>(others);
    all.add(told);
    Sequence sequence = Sequence.of(all);
    Transition last = next(sequence.last().snapshot(), new Known.Dated(second, sequence.all()));
    return sequence.isClear() ? last : new Undecided(last);
  }

  // ---- what is stated, by its rank

  /** A lower status does not undo a higher one; of dates the later holds. */
  private Transition ranked(Snapshot given) {
    Snapshot stated =
        given.status() == PaystackStatus.ATTENTION // told by the bill, too, and with its time
            ? given.withStatus(PaystackStatus.ACTIVE)
            : given;
    if (held.isEmpty()) {
      return next(stated, new Known.Ranked());
    }
    Snapshot before = held.get().snapshot();
    boolean isHigher = rank(stated) > rank(before);
    Snapshot merged = merged(isHigher ? stated : before, isHigher ? before : stated);
    if (merged.equals(before)) {
      return new Kept(rank(stated) < rank(before) ? Reason.STALE : Reason.REPEATED);
    }
    return next(merged, new Known.Ranked());
  }

  private static int rank(Snapshot snapshot) {
    return snapshot.status().rank();
  }

  private static Snapshot merged(Snapshot higher, Snapshot lower) {
    Term ours = higher.term();
    Term theirs = lower.term();
    Term term =
        new Term(
            Payments.later(ours.periodStart(), theirs.periodStart()),
            Payments.later(ours.periodEnd(), theirs.periodEnd()),
            ours.cancelsAtPeriodEnd() || theirs.cancelsAtPeriodEnd(),
            Payments.later(ours.cancelAt(), theirs.cancelAt()),
            Payments.later(ours.trialEnd(), theirs.trialEnd()),
            Payments.later(ours.endedAt(), theirs.endedAt()));
    return new Snapshot(
        higher.ref(),
        higher.customer().isEmpty() ? lower.customer() : higher.customer(),
        higher.user().or(lower::user),
        higher.status(),
        higher.prices().isEmpty() ? lower.prices() : higher.prices(),
        term,
        higher.manageToken().or(lower::manageToken),
        cost(higher, lower));
  }

  /** Of what was said for the later period; of several amounts for one, always the same. */
  private static Optional<Money> cost(Snapshot one, Snapshot other) {
    return Stream.of(one, other)
        .filter(said -> said.cost().isPresent())
        .max(
            Comparator.comparing((Snapshot said) -> said.term().periodEnd().orElse(Instant.EPOCH))
                .thenComparingLong(said -> said.cost().map(Money::minor).orElse(0L)))
        .flatMap(Snapshot::cost);
  }

  // ---- what the provider answers when it is asked

  private Transition asked(Snapshot stated, Instant at) {
    if (stated.status() instanceof PaystackStatus) {
      return answered(stated, at);
    }
    if (held.isPresent() && isSame(held.get().snapshot(), stated)) {
      return new Kept(Reason.REPEATED);
    }
    Step step = stated.status().isFinal() ? Step.DELETED : Step.UPDATED;
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    Known.Dated known = new Known.Dated(second, List.of(new Told("asked", step, Map.of(), stated)));
    if (held.isPresent() && held.get().known() instanceof Known.Dated(var before, var told)) {
      boolean isOver = held.get().snapshot().status().isFinal();
      if ((isOver && !stated.status().isFinal()) || second.isBefore(before)) {
        return new Kept(Reason.STALE);
      }
    }
    return next(stated, known);
  }

  private static boolean isSame(Snapshot held, Snapshot stated) {
    return held.facets().equals(stated.facets()) && held.cost().equals(stated.cost());
  }

  /** Its word goes before all that was told; what it does not say stays as it was. */
  private Transition answered(Snapshot stated, Instant at) {
    boolean isOwed = stated.status() == PaystackStatus.ATTENTION;
    Snapshot said = isOwed ? stated.withStatus(PaystackStatus.ACTIVE) : stated;
    Snapshot full = held.map(before -> merged(said, before.snapshot())).orElse(said);
    Transition plain = next(full, new Known.Ranked());
    if (!(plain instanceof Changed(Subscription next, var notices))) {
      return plain;
    }
    Payments payments =
        isOwed
            ? owing(next.payments(), stated, at)
            : said.status() == PaystackStatus.ACTIVE
                ? settled(next.payments(), stated, at)
                : next.payments();
    Subscription after = withPayments(next, payments);
    return held.equals(Optional.of(after))
        ? new Kept(Reason.REPEATED)
        : new Changed(after, notices);
  }

  private static Payments owing(Payments payments, Snapshot stated, Instant at) {
    return payments.problem().isPresent()
        ? payments
        : payments.with(
            new PaymentFailed(
                stated.ref(), "", 1, stated.term().periodEnd(), Optional.empty(), false, at));
  }

  /** What was owed must have been paid meanwhile. */
  private static Payments settled(Payments payments, Snapshot stated, Instant at) {
    return payments.problem().isPresent()
        ? payments.with(new Paid(stated.ref(), "", Optional.empty(), Optional.empty(), at))
        : payments;
  }

  // ---- bills

  private Transition paid(Paid paid) {
    return held.map(before -> billed(before, before.payments().with(paid), List.of()))
        .orElseGet(() -> missing(paid));
  }

  private Transition failed(PaymentFailed failed) {
    return held.map(
            before -> billed(before, before.payments().with(failed), notice(before, failed)))
        .orElseGet(() -> missing(failed));
  }

  private static List<Notice> notice(Subscription before, PaymentFailed failed) {
    boolean isProblem =
        before.isLive()
            && before.payments().with(failed).problem().filter(failed::equals).isPresent();
    return isProblem
        ? List.of(new Notice(Notice.Kind.PAYMENT_FAILED, failed.invoice()))
        : List.of();
  }

  private static Transition billed(Subscription before, Payments payments, List<Notice> notices) {
    return payments.equals(before.payments())
        ? new Kept(Reason.REPEATED)
        : new Changed(withPayments(before, payments), notices);
  }

  private static Subscription withPayments(Subscription before, Payments payments) {
    return new Subscription(
        before.user(), before.plan(), before.snapshot(), before.known(), payments);
  }

  private Transition ending(TrialEnding ending) {
    if (held.isEmpty()) {
      return missing(ending);
    }
    if (!held.get().isLive()) {
      return new Kept(Reason.STALE);
    }
    String key = ending.subscription().id() + " " + ending.trialEnd().getEpochSecond();
    return new Changed(held.get(), List.of(new Notice(Notice.Kind.TRIAL_ENDING, key)));
  }

  private static Transition missing(OfSubscription event) {
    return new Waiting(Waiting.For.SUBSCRIPTION, event.subscription().id());
  }

  // ---- what follows

  private Transition next(Snapshot snapshot, Known known) {
    Optional<UserId> user = held.map(Subscription::user).or(() -> owner);
    if (user.isEmpty()) {
      return new Waiting(Waiting.For.CUSTOMER, snapshot.customer());
    }
    Optional<Plan> plan = plan(snapshot);
    if (plan.isEmpty()) {
      return snapshot.prices().isEmpty()
          ? new Waiting(Waiting.For.SUBSCRIPTION, snapshot.ref().id())
          : new Waiting(Waiting.For.PRICE, snapshot.prices().getFirst());
    }
    Subscription next =
        new Subscription(
            user.get(),
            plan.get(),
            snapshot,
            known,
            held.map(Subscription::payments).orElseGet(Payments::none));
    return new Changed(next, notices(next));
  }

  /** What is not said is as it was; and what was sold once ends also when it is sold no more. */
  private Optional<Plan> plan(Snapshot snapshot) {
    Optional<Plan> known = held.map(Subscription::plan);
    if (snapshot.prices().isEmpty()) {
      return known;
    }
    boolean isAsBefore =
        snapshot.status().isFinal()
            || held.filter(one -> one.snapshot().prices().equals(snapshot.prices())).isPresent();
    return plans.apply(snapshot.prices()).or(() -> isAsBefore ? known : Optional.empty());
  }

  private List<Notice> notices(Subscription next) {
    boolean hasEnded =
        !next.isLive()
            && held.filter(Subscription::isLive)
                .filter(before -> before.status().access() != Access.NONE)
                .isPresent();
    return hasEnded ? List.of(new Notice(Notice.Kind.PLAN_ENDED, next.ref().id())) : List.of();
  }
}
