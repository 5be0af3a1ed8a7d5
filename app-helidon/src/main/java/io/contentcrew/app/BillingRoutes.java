package io.contentcrew.app;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.sdk.subscription.Billing;
import io.contentcrew.sdk.subscription.ManageSubscription;
import io.contentcrew.sdk.subscription.StartCheckout;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /v1/billing}: buying a plan, and what becomes of it. Pages of providers are only pointed
 * to, and coming back from them changes nothing: what was bought is told by webhooks.
 */
final class BillingRoutes implements HttpService {
  static final String CHECKOUT = "/v1/billing/checkout";
  static final String CHANGE = "/v1/billing/change";
  static final String PORTAL = "/v1/billing/portal";

  private final Billing billing;
  private final TierCatalog tiers;
  private final Callers callers;
  private final Bodies bodies;
  private final URI page;

  /**
   * @param page of the web page, to which providers lead back
   */
  BillingRoutes(Billing billing, TierCatalog tiers, Callers callers, Bodies bodies, URI page) {
    this.billing = billing;
    this.tiers = tiers;
    this.callers = callers;
    this.bodies = bodies;
    this.page = page;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/providers", this::providers)
        .any("/providers", MethodNotAllowed.but("GET"))
        .get("/subscription", this::show)
        .any("/subscription", MethodNotAllowed.but("GET"))
        .post("/checkout", this::checkout)
        .any("/checkout", MethodNotAllowed.but("POST"))
        .post("/portal", this::portal)
        .any("/portal", MethodNotAllowed.but("POST"))
        .post("/cancel", this::cancel)
        .any("/cancel", MethodNotAllowed.but("POST"))
        .post("/resume", this::resume)
        .any("/resume", MethodNotAllowed.but("POST"))
        .post("/change", this::change)
        .any("/change", MethodNotAllowed.but("POST"));
  }

  // ---- what there is

  private void providers(ServerRequest request, ServerResponse response) {
    Replies.json(response, Map.of("data", selling().stream().map(BillingViews::offer).toList()));
  }

  private List<Billing.Offer> selling() {
    return billing.providers().stream().filter(Billing.Offer::canSell).toList();
  }

  private void show(ServerRequest request, ServerResponse response) {
    UserId user = callers.requireOwner(request, response).user().id();
    Replies.json(response, BillingViews.shown(billing.manageSubscription().show(user)));
  }

  // ---- buying

  private void checkout(ServerRequest request, ServerResponse response) {
    UserId user = callers.requireAccount(request, response).user().id();
    JsonBody body = bodies.json(request);
    Optional<PaymentProviderName> provider = provider(body);
    Plan plan = plan(body);
    String key =
        IdempotencyKeys.of(
            request, user, "checkout", plan, provider.map(PaymentProviderName::value).orElse(""));
    var outcome =
        billing
            .startCheckout()
            .start(
                new StartCheckout.Request(
                    user, plan, provider, back("?paid=1"), back("?left=1"), key));
    switch (outcome) {
      case StartCheckout.Outcome.Started(PaymentProviderName at, URI url) ->
          Replies.json(
              response, Status.CREATED_201, Map.of("url", url.toString(), "provider", at.value()));
      case StartCheckout.Outcome.Subscribed(SubscriptionRef ref, Plan held) ->
          throw subscribed(ref, held);
      case StartCheckout.Outcome.NotForSale(Plan any) -> throw notForSale();
      case StartCheckout.Outcome.ChooseProvider(List<PaymentProviderName> names) ->
          throw invalid(
              "provider", "missing", "Say who is to take the payment: one of " + names + ".");
      case StartCheckout.Outcome.UnknownProvider() ->
          throw invalid(
              "provider",
              "unknown",
              "No such provider sells that here; GET /v1/billing/providers lists those that do.");
      case StartCheckout.Outcome.NoEmail() ->
          throw Problem.of(
                  Problem.Code.CONFLICT,
                  "Your account has no e-mail address, to which a provider sends its bills.")
              .asException();
    }
  }

  private URI back(String query) {
    return URI.create(page + query);
  }

  private Optional<PaymentProviderName> provider(JsonBody body) {
    Optional<String> name = body.optionalText("provider");
    try {
      return name.map(PaymentProviderName::new);
    } catch (IllegalArgumentException e) {
      body.problem("provider", "unknown", "GET /v1/billing/providers lists the providers.");
      return Optional.empty();
    }
  }

  /** What is wanted; ends the request if it is not something that is sold. */
  private Plan plan(JsonBody body) {
    String tier = body.text("tier");
    String interval = body.text("interval");
    Optional<TierId> wanted =
        tiers.tiers().stream()
            .map(one -> one.id())
            .filter(id -> id.value().equals(tier))
            .findFirst();
    if (body.isRight() && wanted.isEmpty()) {
      body.problem("tier", "unknown", "There is no such tier; GET /v1/tiers lists them.");
    }
    Optional<BillingInterval> every =
        List.of(BillingInterval.values()).stream()
            .filter(one -> one.wireName().equals(interval))
            .findFirst();
    if (body.isRight() && every.isEmpty()) {
      body.problem("interval", "unknown", "An interval is month or year.");
    }
    body.check();
    return new Plan(wanted.orElseThrow(), every.orElseThrow());
  }

  private Problem.Thrown notForSale() {
    if (selling().isEmpty()) {
      throw Problem.of(
              Problem.Code.SERVICE_UNAVAILABLE,
              "Nothing can be bought here. Whoever runs the service can set STRIPE_SECRET_KEY or"
                  + " PAYSTACK_SECRET_KEY.")
          .retryAfter(Duration.ofHours(1))
          .asException();
    }
    return invalid(
        "tier",
        "not_for_sale",
        "That tier cannot be bought by that interval; GET /v1/billing/providers lists what can.");
  }

  private static Problem.Thrown invalid(String member, String code, String message) {
    return Problem.invalid(List.of(new FieldProblem("/" + member, code, message))).asException();
  }

  private static Problem.Thrown subscribed(SubscriptionRef ref, Plan held) {
    return Problem.of(
            Problem.Code.CONFLICT,
            "You have a subscription already, and a second one would be paid for beside it. "
                + CHANGE
                + " makes it one for another plan, and "
                + PORTAL
                + " leads to the provider's page for it.")
        .with("provider", ref.provider().value())
        .with("plan", held.tier().value())
        .with("interval", held.interval().wireName())
        .with("change", CHANGE)
        .with("portal", PORTAL)
        .asException();
  }

  // ---- what was bought

  private void portal(ServerRequest request, ServerResponse response) {
    UserId user = callers.requireOwner(request, response).user().id();
    answer(response, billing.manageSubscription().portal(user, page));
  }

  private void cancel(ServerRequest request, ServerResponse response) {
    UserId user = callers.requireOwner(request, response).user().id();
    answer(response, billing.manageSubscription().cancel(user));
  }

  private void resume(ServerRequest request, ServerResponse response) {
    UserId user = callers.requireOwner(request, response).user().id();
    answer(response, billing.manageSubscription().resume(user));
  }

  private void change(ServerRequest request, ServerResponse response) {
    UserId user = callers.requireOwner(request, response).user().id();
    Plan plan = plan(bodies.json(request));
    String key = IdempotencyKeys.of(request, user, "change", plan, "");
    answer(response, billing.manageSubscription().change(user, plan, key));
  }

  private static void answer(ServerResponse response, ManageSubscription.Outcome outcome) {
    switch (outcome) {
      case ManageSubscription.Outcome.Done(ManageSubscription.Shown shown) ->
          Replies.json(response, BillingViews.shown(shown));
      case ManageSubscription.Outcome.Page(URI url) ->
          Replies.json(response, Map.of("url", url.toString()));
      case ManageSubscription.Outcome.NotSubscribed() ->
          throw Problem.of(
                  Problem.Code.CONFLICT,
                  "You have no subscription. " + CHECKOUT + " is where to begin one.")
              .with("checkout", CHECKOUT)
              .asException();
      case ManageSubscription.Outcome.NotPossible(String why) ->
          throw Problem.of(Problem.Code.CONFLICT, why).asException();
    }
  }
}
