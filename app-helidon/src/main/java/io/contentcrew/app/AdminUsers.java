package io.contentcrew.app;

import io.contentcrew.app.AdminCommand.Work;
import io.contentcrew.app.AdminOptions.BadUsage;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Users;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.subscription.ManageSubscription.Shown;
import io.contentcrew.sdk.subscription.ReconcileSubscriptions;
import io.contentcrew.sdk.subscription.ReconcileSubscriptions.Drift;
import io.contentcrew.sdk.subscription.ReconcileSubscriptions.Report;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** {@code admin tier} and {@code admin subscription}. */
final class AdminUsers {
  private AdminUsers() {}

  static Work grant(AdminOptions options, TierCatalog tiers) throws BadUsage {
    List<String> words = options.words(2, 2, "a user and a tier");
    TierId tier =
        tiers.tiers().stream()
            .map(Tier::id)
            .filter(id -> id.value().equals(words.get(1)))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadUsage(
                        "There is no such tier; there are "
                            + tiers.tiers().stream().map(one -> one.id().value()).toList()
                            + "."));
    return (crew, out) ->
        of(
            crew,
            out,
            options,
            words.getFirst(),
            user -> {
              crew.grantTier(user, tier);
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("user", user.toString());
              view.put("granted", tier.value());
              view.put("tier", crew.billing().manageSubscription().show(user).tier().value());
              answer(out, options, view);
              return 0;
            });
  }

  static Work show(AdminOptions options) throws BadUsage {
    String name = options.words(1, 1, "a user").getFirst();
    return (crew, out) ->
        of(
            crew,
            out,
            options,
            name,
            user -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("user", user.toString());
              Shown shown = crew.billing().manageSubscription().show(user);
              view.putAll(
                  options.isJson() ? BillingViews.shown(shown) : BillingViews.shownToPeople(shown));
              answer(out, options, view);
              return 0;
            });
  }

  static Work reconcile(AdminOptions options) throws BadUsage {
    List<String> words = options.words(0, 1, "one user, or nobody for all");
    boolean dryRun = options.has("--dry-run");
    return (crew, out) -> {
      ReconcileSubscriptions providers = crew.billing().reconcileSubscriptions();
      return words.isEmpty()
          ? report(out, options, providers.reconcile(dryRun))
          : of(
              crew,
              out,
              options,
              words.getFirst(),
              user -> report(out, options, providers.reconcile(user, dryRun)));
    };
  }

  private static int report(PrintStream out, AdminOptions options, Report report) {
    if (options.isJson()) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("asked", report.asked());
      view.put("dry_run", options.has("--dry-run"));
      view.put("drift", report.drift().stream().map(AdminUsers::drift).toList());
      view.put("failed", report.failed());
      Map<String, Integer> unasked = new TreeMap<>();
      report.unasked().forEach((provider, count) -> unasked.put(provider.value(), count));
      view.put("unasked", unasked);
      AdminText.json(out, view);
    } else {
      report
          .drift()
          .forEach(
              one ->
                  out.println(one.ref() + ": " + one.held() + " here, " + one.said() + " there"));
      report.failed().forEach(why -> out.println("could not be asked: " + why));
      report
          .unasked()
          .forEach(
              (provider, count) ->
                  out.printf(
                      "%d of %s were not asked about: the settings give no access to its API%n",
                      count, provider));
      out.printf(
          "%d asked, %d not as we had them%s, %d could not be asked%n",
          report.asked(),
          report.drift().size(),
          options.has("--dry-run") ? " (left as they are)" : "",
          report.failed().size());
    }
    return report.failed().isEmpty() ? 0 : 1;
  }

  private static Map<String, Object> drift(Drift drift) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("subscription", drift.ref().toString());
    view.put("held", drift.held());
    view.put("said", drift.said());
    return view;
  }

  private static void answer(PrintStream out, AdminOptions options, Map<String, Object> view) {
    if (options.isJson()) {
      AdminText.json(out, view);
    } else {
      AdminText.lines(out, view);
    }
  }

  /** Does something about the user who has that address or id. */
  private static int of(
      ContentCrew crew,
      PrintStream out,
      AdminOptions options,
      String name,
      ToIntFunction<UserId> work) {
    Optional<UserId> user = find(crew, name);
    if (user.isEmpty()) {
      AdminText.say(out, options.isJson(), "error", "there is no user " + name);
      return 1;
    }
    return work.applyAsInt(user.get());
  }

  private static Optional<UserId> find(ContentCrew crew, String name) {
    if (name.contains("@")) {
      return crew.users().find(name).map(User::id);
    }
    try {
      return crew.users()
          .find(new UserId(UUID.fromString(name)))
          .map(Users.Account::user)
          .map(User::id);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
