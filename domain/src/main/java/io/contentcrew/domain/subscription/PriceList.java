package io.contentcrew.domain.subscription;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Under which names the providers know what we sell. */
public record PriceList(List<Entry> entries) {
  /**
   * A price.
   *
   * @param price the provider's name for it (Stripe: a price, Paystack: a plan code)
   */
  public record Entry(PaymentProviderName provider, String price, Plan plan) {
    public Entry {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(plan, "plan");
      if (price.isBlank()) {
        throw new IllegalArgumentException("a price needs the provider's name for it");
      }
    }
  }

  private record Name(PaymentProviderName provider, String price) {}

  /** The first of several prices of one provider for the same plan is what is sold. */
  public PriceList {
    entries = List.copyOf(entries);
    Set<Name> names = new HashSet<>();
    for (Entry entry : entries) {
      if (!names.add(new Name(entry.provider, entry.price))) {
        throw new IllegalArgumentException(
            "price " + entry.price + " of " + entry.provider + " is there twice");
      }
    }
  }

  /** Sells nothing. */
  public static PriceList empty() {
    return new PriceList(List.of());
  }

  /** Under which name the provider sells that plan, if it does. */
  public Optional<String> price(PaymentProviderName provider, Plan plan) {
    return entries.stream()
        .filter(entry -> entry.provider.equals(provider) && entry.plan.equals(plan))
        .map(Entry::price)
        .findFirst();
  }

  /** What was bought under that name. */
  public Optional<Plan> plan(PaymentProviderName provider, String price) {
    return entries.stream()
        .filter(entry -> entry.provider.equals(provider) && entry.price.equals(price))
        .map(Entry::plan)
        .findFirst();
  }

  /** What was bought under those names: of several the one of the highest rank. */
  public Optional<Plan> highest(
      PaymentProviderName provider, Collection<String> prices, ToIntFunction<Plan> rank) {
    return prices.stream()
        .flatMap(price -> plan(provider, price).stream())
        .max(Comparator.comparingInt(rank));
  }
}
