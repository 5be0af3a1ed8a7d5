package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.PriceList;
import io.contentcrew.ports.subscription.PaymentProvider;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The payment providers there are. */
record Providers(List<PaymentProvider> all) {
  Providers {
    all = List.copyOf(all);
    Set<PaymentProviderName> names = new HashSet<>();
    for (PaymentProvider provider : all) {
      if (!names.add(provider.name())) {
        throw new IllegalArgumentException(
            "payment provider " + provider.name() + " is there twice");
      }
    }
  }

  List<PaymentProviderName> names() {
    return all.stream().map(PaymentProvider::name).toList();
  }

  Optional<PaymentProvider> find(PaymentProviderName name) {
    return all.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** Those that sell it, and whom we can ask to. */
  List<PaymentProvider> selling(Plan plan, PriceList prices) {
    return all.stream()
        .filter(one -> one.checkout().isPresent())
        .filter(one -> prices.price(one.name(), plan).isPresent())
        .toList();
  }
}
