package io.contentcrew.app;

import io.contentcrew.adapters.paystack.PaystackConfig;
import io.contentcrew.adapters.stripe.StripeConfig;
import io.contentcrew.app.AppConfig.Env;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.PriceList;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.ports.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who takes payments, and under which names they know what is sold.
 *
 * @param stripe empty where nothing was said of it
 * @param paystack likewise
 * @param test whether the provider is there that takes no money
 * @param grace for how long a subscription goes on where a payment is late
 * @param failuresPerMinute deliveries with a bad signature that one network address may send
 * @param warnings what is not wrong, and hardly meant
 */
record PaymentConfig(
    Optional<StripeConfig> stripe,
    Optional<PaystackConfig> paystack,
    boolean test,
    PriceList prices,
    Duration grace,
    int maxWebhookBytes,
    int failuresPerMinute,
    List<String> warnings) {
  PaymentConfig {
    warnings = List.copyOf(warnings);
  }

  /** The tiers are empty where they cannot be read, which is told elsewhere. */
  static PaymentConfig read(Environment from, Env env, Optional<TierCatalog> tiers) {
    return new Reading(from, env, tiers).config();
  }

  /** One reading of the settings. */
  private static final class Reading {
    /** Shorter ones could be guessed from a single delivery. */
    private static final int SHORTEST_SECRET = 16;

    /** Whoever reads them reads no more. */
    private static final int LARGEST_WEBHOOK = 4 * 1024 * 1024;

    private static final Duration LONGEST_GRACE = Duration.ofDays(90);

    private final Environment from;
    private final Env env;
    private final Optional<TierCatalog> tiers;
    private final List<String> warnings = new ArrayList<>();

    Reading(Environment from, Env env, Optional<TierCatalog> tiers) {
      this.from = from;
      this.env = env;
      this.tiers = tiers;
    }

    PaymentConfig config() {
      Optional<StripeConfig> stripe = stripe();
      Optional<PaystackConfig> paystack = paystack();
      List<PriceList.Entry> prices = new ArrayList<>();
      prices.addAll(new PriceSetting(PaymentProviderName.STRIPE, "STRIPE_PRICES").entries());
      prices.addAll(new PriceSetting(PaymentProviderName.PAYSTACK, "PAYSTACK_PLANS").entries());
      boolean stripeSells =
          canSell(
              stripe.flatMap(StripeConfig::apiKey),
              prices,
              PaymentProviderName.STRIPE,
              "STRIPE_PRICES");
      boolean paystackSells =
          canSell(
              paystack.flatMap(PaystackConfig::apiKey),
              prices,
              PaymentProviderName.PAYSTACK,
              "PAYSTACK_PLANS");
      if (stripeSells && stripe.map(StripeConfig::webhookSecrets).orElse(List.of()).isEmpty()) {
        warnings.add(
            "STRIPE_WEBHOOK_SECRET is not given, so users could pay and nothing would follow: no"
                + " webhook of Stripe can be believed. Stripe's CLI shows one, which begins with"
                + " whsec_, with: stripe listen --forward-to localhost:PORT/api/webhooks/stripe");
      }
      boolean test = test(stripeSells || paystackSells);
      if (test) {
        prices.addAll(testPrices());
      }
      return new PaymentConfig(
          stripe,
          paystack,
          test,
          new PriceList(prices),
          grace(),
          from.number("WEBHOOK_MAX_BYTES", 65_536, LARGEST_WEBHOOK),
          from.number("WEBHOOK_FAILURE_LIMIT", 1, 1_000_000),
          warnings);
    }

    private Duration grace() {
      Duration grace = from.duration("PAYMENT_GRACE", Duration.ZERO);
      if (grace.compareTo(LONGEST_GRACE) > 0) {
        from.problem(
            "PAYMENT_GRACE must be " + LONGEST_GRACE.toDays() + " days at most, for example 7d.");
      }
      return grace;
    }

    // ---- the providers

    private Optional<StripeConfig> stripe() {
      Optional<Secret> key = key("STRIPE_SECRET_KEY", "sk_", "rk_");
      List<Secret> secrets = secrets("STRIPE_WEBHOOK_SECRET");
      URI url = url("STRIPE_BASE_URL");
      Duration tolerance = from.duration("WEBHOOK_TOLERANCE", Duration.ofSeconds(1));
      if (key.isPresent() && secrets.isEmpty() && env != Env.DEV) {
        from.problem(
            "STRIPE_WEBHOOK_SECRET must be given with STRIPE_SECRET_KEY when ENV is not dev, or"
                + " nobody would learn what was paid; Stripe shows it at the endpoint"
                + " /api/webhooks/stripe, and it begins with whsec_.");
      }
      if (key.isEmpty() && secrets.isEmpty()) {
        return Optional.empty();
      }
      return checked(
          "STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_BASE_URL, WEBHOOK_TOLERANCE",
          () -> {
            StripeConfig stripe = StripeConfig.of(secrets).withApi(url).withTolerance(tolerance);
            return key.map(stripe::withApiKey).orElse(stripe);
          });
    }

    /**
     * Paystack signs with the API key, and has no other secret; while one is replaced, with the one
     * or the other.
     */
    private Optional<PaystackConfig> paystack() {
      Optional<Secret> key = key("PAYSTACK_SECRET_KEY", "sk_");
      Set<Secret> all = new LinkedHashSet<>(key.stream().toList());
      for (Secret given : secrets("PAYSTACK_WEBHOOK_SECRET")) {
        refuseTestMode("PAYSTACK_WEBHOOK_SECRET", given.reveal());
        all.add(given);
      }
      URI url = url("PAYSTACK_BASE_URL");
      List<Secret> secrets = List.copyOf(all);
      if (secrets.isEmpty()) {
        return Optional.empty();
      }
      return checked(
          "PAYSTACK_SECRET_KEY, PAYSTACK_WEBHOOK_SECRET, PAYSTACK_BASE_URL",
          () -> PaystackConfig.of(secrets, key).withBaseUrl(url));
    }

    private URI url(String name) {
      return from.urls(name, from.text(name)).getFirst();
    }

    private <T> Optional<T> checked(String names, Supplier<T> config) {
      try {
        return Optional.of(config.get());
      } catch (IllegalArgumentException e) {
        from.problem(names + ": " + e.getMessage() + ".");
        return Optional.empty();
      }
    }

    /** The key, if it is one. */
    private Optional<Secret> key(String name, String... beginnings) {
      Optional<String> key = from.optionalText(name);
      if (key.isEmpty()) {
        return Optional.empty();
      }
      if (List.of(beginnings).stream().noneMatch(key.get()::startsWith)) {
        from.problem(
            name
                + " must be a secret key, which begins with "
                + String.join(" or ", beginnings)
                + "; publishable keys and secrets of endpoints are something else.");
        return Optional.empty();
      }
      refuseTestMode(name, key.get());
      refuseSample(name, key.get());
      return key.map(Secret::of);
    }

    private List<Secret> secrets(String name) {
      List<Secret> secrets = new ArrayList<>();
      for (String part : from.optionalText(name).map(Reading::parts).orElse(List.of())) {
        if (part.isEmpty()) {
          from.problem(name + " has an empty part; several secrets are parted by one comma each.");
        } else {
          if (env != Env.DEV && part.length() < SHORTEST_SECRET) {
            from.problem(
                name
                    + " has a secret with fewer than "
                    + SHORTEST_SECRET
                    + " characters; copy it whole from the provider.");
          }
          refuseSample(name, part);
          secrets.add(Secret.of(part));
        }
      }
      return secrets;
    }

    private void refuseTestMode(String name, String key) {
      if (env == Env.PROD && key.matches("[a-z]+_test_.*")) {
        from.problem(
            name
                + " is a key of test mode, in which no money moves; ENV=prod needs one of live"
                + " mode.");
      }
    }

    private void refuseSample(String name, String secret) {
      if (env == Env.PROD && AccountConfig.isSample(secret)) {
        from.problem(
            name + " is a sample that everybody knows; copy the real one from the provider.");
      }
    }

    private boolean canSell(
        Optional<Secret> key,
        List<PriceList.Entry> prices,
        PaymentProviderName provider,
        String setting) {
      boolean hasPrices = prices.stream().anyMatch(price -> price.provider().equals(provider));
      if (key.isPresent() && !hasPrices) {
        warnings.add(
            setting
                + " is not given, so nothing can be bought from "
                + provider
                + ", and what was bought there gives no tier.");
      }
      return key.isPresent() && hasPrices;
    }

    // ---- the test provider

    private boolean test(boolean othersSell) {
      return switch (from.choice("TEST_PAYMENTS", "auto", "on", "off")) {
        case "on" -> {
          if (env != Env.DEV) {
            from.problem(
                "TEST_PAYMENTS=on gives plans away for nothing and is for ENV=dev only; leave it"
                    + " out.");
          }
          yield env == Env.DEV;
        }
        case "off" -> false;
        default -> env == Env.DEV && !othersSell;
      };
    }

    private List<PriceList.Entry> testPrices() {
      List<PriceList.Entry> prices = new ArrayList<>();
      for (Tier tier : tiers.map(TierCatalog::tiers).orElse(List.of())) {
        if (tier.price().isPresent()) {
          for (BillingInterval interval : BillingInterval.values()) {
            prices.add(
                new PriceList.Entry(
                    PaymentProviderName.TEST,
                    "test_" + tier.id() + "_" + interval.wireName(),
                    new Plan(tier.id(), interval)));
          }
        }
      }
      return prices;
    }

    // ---- prices

    /** The prices of one provider. */
    private final class PriceSetting {
      private final PaymentProviderName provider;
      private final String name;
      private final Set<String> seen = new HashSet<>();

      PriceSetting(PaymentProviderName provider, String name) {
        this.provider = provider;
        this.name = name;
      }

      List<PriceList.Entry> entries() {
        List<PriceList.Entry> entries = new ArrayList<>();
        List<String> parts = from.optionalText(name).map(Reading::parts).orElse(List.of());
        for (int i = 0; i < parts.size(); i++) {
          entry(i + 1, parts.get(i)).ifPresent(entries::add);
        }
        return entries;
      }

      private Optional<PriceList.Entry> entry(int place, String part) {
        String[] sides = part.split("=", -1);
        String[] plan = sides[0].strip().split("\\.", -1);
        String id = sides.length == 2 ? sides[1].strip() : "";
        if (plan.length != 2 || id.isEmpty() || id.length() > 255 || id.contains(" ")) {
          return problem(
              place,
              "must look like tier.interval=id, for example basic.month="
                  + (provider.equals(PaymentProviderName.STRIPE) ? "price_123" : "PLN_123"));
        }
        Optional<BillingInterval> interval = interval(plan[1]);
        if (interval.isEmpty()) {
          return problem(place, "names no interval; there are month and year");
        }
        if (!seen.add(id)) {
          return problem(place, "has an id that is there before; each names one plan");
        }
        return tier(place, plan[0])
            .map(tier -> new PriceList.Entry(provider, id, new Plan(tier.id(), interval.get())));
      }

      private Optional<Tier> tier(int place, String id) {
        if (tiers.isEmpty()) {
          return Optional.empty();
        }
        TierCatalog all = tiers.get();
        List<Tier> forSale = all.tiers().stream().filter(tier -> !tier.equals(all.free())).toList();
        Optional<Tier> tier =
            forSale.stream().filter(one -> one.id().value().equals(id)).findFirst();
        if (tier.isEmpty()) {
          problem(
              place,
              "names no tier that can be bought; there are "
                  + String.join(", ", forSale.stream().map(one -> one.id().value()).toList()));
        }
        return tier;
      }

      private Optional<PriceList.Entry> problem(int place, String what) {
        from.problem("%s: part %d %s.".formatted(name, place, what));
        return Optional.empty();
      }
    }

    private static Optional<BillingInterval> interval(String name) {
      return List.of(BillingInterval.values()).stream()
          .filter(one -> one.wireName().equals(name.toLowerCase(Locale.ROOT)))
          .findFirst();
    }

    private static List<String> parts(String list) {
      return List.of(list.split(",", -1)).stream().map(String::strip).toList();
    }
  }
}
