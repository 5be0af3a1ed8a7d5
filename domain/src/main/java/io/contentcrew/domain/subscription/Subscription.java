package io.contentcrew.domain.subscription;

import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a user has bought from a provider. It is what the provider has said, and changes by {@link
 * Transition} alone.
 *
 * @param plan what was bought
 * @param snapshot how it is
 * @param known by what it is known that nothing newer was said
 * @param payments what is known of its bills
 */
public record Subscription(
    UserId user, Plan plan, Snapshot snapshot, Known known, Payments payments) {
  public Subscription {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(snapshot, "snapshot");
    Objects.requireNonNull(known, "known");
    Objects.requireNonNull(payments, "payments");
  }

  /** Its name. */
  public SubscriptionRef ref() {
    return snapshot.ref();
  }

  /** Where it is. Paystack's "attention" is told by bills that could not be collected, too. */
  public SubscriptionStatus status() {
    return snapshot.status() == PaystackStatus.ACTIVE && payments.problem().isPresent()
        ? PaystackStatus.ATTENTION
        : snapshot.status();
  }

  /** Whether it still binds its owner: a second one would be paid for beside it. */
  public boolean isLive() {
    return !status().isFinal();
  }

  /** Whether it will end by itself. */
  public boolean isEnding() {
    return isLive()
        && (status().access() == SubscriptionStatus.Access.UNTIL_PERIOD_END
            || snapshot.term().cancelsAtPeriodEnd()
            || snapshot.term().cancelAt().isPresent());
  }

  /**
   * The billing period, if it is known when it ends. Where only that is known, it began a month or
   * a year before, as the plan says.
   */
  public Optional<UsagePeriod> period() {
    return snapshot.term().periodEnd().flatMap(this::periodUntil);
  }

  private Optional<UsagePeriod> periodUntil(Instant end) {
    Instant begun = end.atOffset(ZoneOffset.UTC).minus(plan.interval().length()).toInstant();
    Instant start = snapshot.term().periodStart().orElse(begun);
    return start.isBefore(end) ? Optional.of(new UsagePeriod(start, end)) : Optional.empty();
  }

  /**
   * The first instant at which it grants nothing; the beginning of time ({@link Instant#EPOCH}) if
   * it grants nothing at all; empty if it goes on for as long as nobody says otherwise, which is so
   * only where the provider names no period.
   *
   * @param grace for how long it goes on where a payment is late
   */
  public Optional<Instant> grantsUntil(Duration grace) {
    return switch (status().access()) {
      case NONE -> Optional.of(Instant.EPOCH);
      case FULL -> fully(grace);
      case GRACE -> Optional.of(owed().plus(grace));
      case UNTIL_PERIOD_END -> Optional.of(ending(grace));
    };
  }

  /**
   * Whether it grants something at {@code now}.
   *
   * @param grace for how long it goes on where a payment is late
   */
  public boolean grantsAt(Instant now, Duration grace) {
    return grantsUntil(grace).map(end -> end.isAfter(now)).orElse(true);
  }

  private Optional<Instant> fully(Duration grace) {
    Term term = snapshot.term();
    Optional<Instant> withPeriod = term.periodEnd().filter(end -> term.cancelsAtPeriodEnd());
    return Stream.of(term.cancelAt(), withPeriod)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .or(() -> paidUntil().map(end -> end.plus(grace)));
  }

  /** Who owes for it does not get more by cancelling it. */
  private Instant ending(Duration grace) {
    Instant end = paidUntil().orElse(Instant.EPOCH);
    return payments
        .problem()
        .map(problem -> owed().plus(grace))
        .filter(sooner -> sooner.isBefore(end))
        .orElse(end);
  }

  /** Since when a payment is owed, as well as that is known; empty if none is. */
  public Optional<Instant> owedSince() {
    boolean isOwed =
        status().access() == SubscriptionStatus.Access.GRACE || payments.problem().isPresent();
    return isOwed && isLive() ? Optional.of(owed()) : Optional.empty();
  }

  private Optional<Instant> paidUntil() {
    return Payments.later(snapshot.term().periodEnd(), payments.paidThrough());
  }

  /**
   * Since when a payment is owed, as well as that is known: what was paid is over, or a bill could
   * not be collected. It does not begin anew with each period that is not paid.
   */
  private Instant owed() {
    return Payments.later(payments.paidThrough(), payments.owedSince())
        .or(() -> snapshot.term().periodStart())
        .orElseGet(() -> known instanceof Known.Dated dated ? dated.second() : Instant.EPOCH);
  }
}
