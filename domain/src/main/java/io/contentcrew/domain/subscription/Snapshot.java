package io.contentcrew.domain.subscription;

import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider says of a subscription at some moment, as far as it says it.
 *
 * @param customer the provider's name for whoever pays
 * @param user whose it is, where we told the provider and it repeats that
 * @param prices the provider's names for what was bought; empty where it is not said
 * @param manageToken what the provider wants to see when it is to be cancelled or resumed
 *     (Paystack's {@code email_token})
 * @param cost what a period costs, where it is said
 */
public record Snapshot(
    SubscriptionRef ref,
    String customer,
    Optional<UserId> user,
    SubscriptionStatus status,
    List<String> prices,
    Term term,
    Optional<String> manageToken,
    Optional<Money> cost) {
  /** What providers name in a list of what has changed. */
  public enum Facet {
    /** The status, in the provider's word. */
    STATUS,
    /** What was bought: the names of the prices, sorted, with a comma between. */
    PRICES,
    /** When the current period ends, in seconds since 1970. */
    PERIOD_END,
    /** Whether it ends with the period: {@code true} or {@code false}. */
    CANCELS_AT_PERIOD_END,
    /** When it ends, in seconds since 1970. */
    CANCEL_AT,
    /** When the trial ends, in seconds since 1970. */
    TRIAL_END
  }

  public Snapshot {
    Objects.requireNonNull(ref, "ref");
    Objects.requireNonNull(customer, "customer");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(status, "status");
    prices = List.copyOf(prices);
    Objects.requireNonNull(term, "term");
    Objects.requireNonNull(manageToken, "manageToken");
    Objects.requireNonNull(cost, "cost");
  }

  /** Says little more than the status. */
  public static Snapshot of(SubscriptionRef ref, String customer, SubscriptionStatus status) {
    return new Snapshot(
        ref,
        customer,
        Optional.empty(),
        status,
        List.of(),
        Term.unknown(),
        Optional.empty(),
        Optional.empty());
  }

  /** A copy that says whose it is. */
  public Snapshot withUser(UserId owner) {
    return new Snapshot(ref, customer, Optional.of(owner), status, prices, term, manageToken, cost);
  }

  /** A copy in another status. */
  public Snapshot withStatus(SubscriptionStatus changed) {
    return new Snapshot(ref, customer, user, changed, prices, term, manageToken, cost);
  }

  /** A copy with those prices. */
  public Snapshot withPrices(List<String> changed) {
    return new Snapshot(ref, customer, user, status, changed, term, manageToken, cost);
  }

  /** A copy with that term. */
  public Snapshot withTerm(Term changed) {
    return new Snapshot(ref, customer, user, status, prices, changed, manageToken, cost);
  }

  /** A copy with that token. */
  public Snapshot withManageToken(String token) {
    return new Snapshot(ref, customer, user, status, prices, term, Optional.of(token), cost);
  }

  /**
   * Its facets, in the form in which lists of changes name them; what is not there is {@code ""}.
   */
  public Map<Facet, String> facets() {
    Map<Facet, String> facets = new EnumMap<>(Facet.class);
    facets.put(Facet.STATUS, status.wireName());
    facets.put(Facet.PRICES, String.join(",", prices.stream().sorted().toList()));
    facets.put(Facet.PERIOD_END, seconds(term.periodEnd()));
    facets.put(Facet.CANCELS_AT_PERIOD_END, Boolean.toString(term.cancelsAtPeriodEnd()));
    facets.put(Facet.CANCEL_AT, seconds(term.cancelAt()));
    facets.put(Facet.TRIAL_END, seconds(term.trialEnd()));
    return facets;
  }

  private static String seconds(Optional<Instant> time) {
    return time.map(at -> Long.toString(at.getEpochSecond())).orElse("");
  }

  /** A copy that costs that much. */
  public Snapshot withCost(Money changed) {
    return new Snapshot(
        ref, customer, user, status, prices, term, manageToken, Optional.of(changed));
  }

  /** Shows no token. */
  @Override
  public String toString() {
    return "Snapshot[" + ref + " " + status.wireName() + "]";
  }
}
