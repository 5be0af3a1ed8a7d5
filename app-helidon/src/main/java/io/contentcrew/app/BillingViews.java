package io.contentcrew.app;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.sdk.subscription.Billing.Offer;
import io.contentcrew.sdk.subscription.ManageSubscription.Bought;
import io.contentcrew.sdk.subscription.ManageSubscription.Problem;
import io.contentcrew.sdk.subscription.ManageSubscription.Shown;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the API shows of subscriptions; the shapes are those of {@code docs/openapi.yaml}. */
final class BillingViews {
  private BillingViews() {}

  static Map<String, Object> offer(Offer offer) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", offer.provider().value());
    view.put("display_name", offer.displayName());
    view.put("test", offer.isTest());
    view.put("plans", offer.plans().stream().map(BillingViews::plan).toList());
    return view;
  }

  private static Map<String, Object> plan(Plan plan) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("tier", plan.tier().value());
    view.put("interval", plan.interval().wireName());
    return view;
  }

  static Map<String, Object> shown(Shown shown) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("tier", shown.tier().value());
    view.put("subscription", shown.bought().map(BillingViews::bought).orElse(null));
    return view;
  }

  /** The same for people, to whom money is not a number of cents. */
  static Map<String, Object> shownToPeople(Shown shown) {
    Map<String, Object> view = shown(shown);
    shown
        .bought()
        .ifPresent(
            bought -> {
              Map<String, Object> inner = bought(bought);
              inner.put("next_charge", bought.nextCharge().map(BillingViews::amount).orElse(null));
              view.put("subscription", inner);
            });
    return view;
  }

  private static Map<String, Object> bought(Bought bought) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", bought.ref().id());
    view.put("provider", bought.ref().provider().value());
    view.put("test", bought.isTest());
    view.putAll(plan(bought.plan()));
    view.put("status", bought.status());
    view.put("live", bought.isLive());
    view.put("period_end", time(bought.periodEnd()));
    view.put("cancels_at_period_end", bought.cancelsAtPeriodEnd());
    view.put("ends_at", time(bought.endsAt()));
    view.put("next_charge_at", time(bought.nextChargeAt()));
    view.put("next_charge", bought.nextCharge().map(BillingViews::money).orElse(null));
    view.put("payment_problem", bought.problem().map(BillingViews::problem).orElse(null));
    return view;
  }

  private static Map<String, Object> money(Money money) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("currency", money.currency().getCurrencyCode());
    view.put("amount", money.minor());
    return view;
  }

  /** For people, as in {@code 9.99 USD}. */
  static String amount(Money money) {
    int digits = Math.max(0, money.currency().getDefaultFractionDigits());
    return BigDecimal.valueOf(money.minor(), digits).toPlainString()
        + " "
        + money.currency().getCurrencyCode();
  }

  private static Map<String, Object> problem(Problem problem) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("since", problem.since().toString());
    view.put("attempts", problem.attempts());
    view.put("next_attempt_at", time(problem.nextAttemptAt()));
    view.put("pay_at", problem.payAt().map(URI::toString).orElse(null));
    view.put("action_required", problem.actionRequired());
    return view;
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
