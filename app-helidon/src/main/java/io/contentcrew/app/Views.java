package io.contentcrew.app;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.Measures;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.Price;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierLimits;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.UsageLedger;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.user.ApiKeys;
import io.contentcrew.ports.user.Identities;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.generation.Engines;
import io.contentcrew.sdk.generation.ReadJobs;
import io.contentcrew.sdk.generation.ShowUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the API shows of the domain; the shapes are those of {@code docs/openapi.yaml}. */
final class Views {
  private Views() {}

  static Map<String, Object> job(Job job) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", job.id().toString());
    view.put("status", job.status().wireName());
    view.put("topic", job.brief().topic());
    view.put("formats", job.brief().formats().stream().map(Format::wireName).toList());
    view.put("tone", job.brief().tone().wireName());
    view.put("length", job.brief().length().wireName());
    view.put("language", job.brief().language().tag());
    view.put("audience", job.brief().audience().orElse(null));
    view.put("brand_voice", job.brief().brandVoice().orElse(null));
    view.put("title", job.title().map(Title::value).orElse(null));
    view.put("revises", job.revision().map(Views::revision).orElse(null));
    view.put("tier", job.tier().value());
    view.put("engine", job.engine().name().value());
    view.put("model", job.engine().model().value());
    view.put("demo", job.engine().demo());
    view.put("attempt", job.attempt());
    view.put("results", results(job.results()));
    view.put("error", job.failure().map(Views::failure).orElse(null));
    view.put("created_at", job.createdAt().toString());
    view.put("started_at", time(job.startedAt()));
    view.put("finished_at", time(job.finishedAt()));
    return view;
  }

  private static Map<String, Object> revision(Revision revision) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("job_id", revision.of().toString());
    view.put("format", revision.format().wireName());
    view.put("version", revision.version());
    view.put("note", revision.note().orElse(null));
    return view;
  }

  static Map<String, Object> job(ReadJobs.View read) {
    Map<String, Object> view = job(read.job());
    view.put("tasks", read.tasks().stream().map(Views::task).toList());
    view.put("artifacts", read.artifacts().stream().map(Views::artifact).toList());
    return view;
  }

  /** A job that was just submitted: nothing of it is there yet. */
  static Map<String, Object> newJob(Job job) {
    return job(
        new ReadJobs.View(
            job, job.crew().tasks().stream().map(JobTask::waiting).toList(), List.of()));
  }

  static Map<String, Object> task(JobTask task) {
    Map<String, Object> view = agent(task.task());
    view.put("state", task.state().wireName());
    view.put("tokens", tokens(task.tokens()));
    view.put("started_at", time(task.startedAt()));
    view.put("finished_at", time(task.finishedAt()));
    return view;
  }

  static Map<String, Object> agent(Task task) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("task", task.wireName());
    view.put("agent", task.agent().role());
    view.put("format", task.worksFor().map(Format::wireName).orElse(null));
    return view;
  }

  static Map<String, Object> tokens(TokenUsage tokens) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("input", tokens.input());
    view.put("output", tokens.output());
    return view;
  }

  static Map<String, Object> artifact(StoredArtifact stored) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("format", stored.artifact().format().wireName());
    view.put("version", stored.version());
    view.put("origin", stored.origin().wireName());
    view.put("note", stored.note().orElse(null));
    view.put("engine", stored.engine().name().value());
    view.put("model", stored.engine().model().value());
    view.put("demo", stored.engine().demo());
    view.put("cached", stored.cached());
    view.put("notes", stored.notes().stream().map(Views::finding).toList());
    view.put("created_at", stored.createdAt().toString());
    view.put("artifact", stored.artifact());
    view.put("measures", measures(Measures.of(stored.artifact())));
    return view;
  }

  static Map<String, Object> engine(Engines.Choice choice) {
    return switch (choice) {
      case Engines.Choice.Chosen(Engine engine) ->
          Map.of(
              "status",
              "ready",
              "engine",
              engine.name().value(),
              "model",
              engine.model().value(),
              "demo",
              engine.demo());
      case Engines.Choice.ModelMissing(ModelName model, String remedy) ->
          Map.of("status", "model_missing", "model", model.value(), "remedy", remedy);
      case Engines.Choice.Unavailable(String reason, Optional<Duration> retryAfter) ->
          Map.of("status", "unavailable", "reason", reason);
    };
  }

  /** A piece that is shown alone. */
  static Map<String, Object> artifact(Job job, StoredArtifact stored) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("job_id", job.id().toString());
    view.putAll(artifact(stored));
    return view;
  }

  static Map<String, Object> version(PieceVersion version) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("version", version.version());
    view.put("origin", version.origin().wireName());
    view.put("note", version.note().orElse(null));
    view.put("engine", version.engine().name().value());
    view.put("model", version.engine().model().value());
    view.put("demo", version.engine().demo());
    view.put("created_at", version.createdAt().toString());
    return view;
  }

  static Map<String, Object> measures(Measures measures) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("words", measures.words());
    view.put("characters", measures.characters());
    view.put("seconds", number(measures.seconds()));
    view.put("headings", measures.headings());
    view.put("posts", measures.posts().stream().map(Views::post).toList());
    return view;
  }

  private static Map<String, Object> post(Measures.Post post) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("network", post.network().wireName());
    view.put("count", post.count());
    view.put("limit", post.limit());
    view.put("fold_at", number(post.foldAt()));
    view.put("parts", post.parts());
    return view;
  }

  private static @Nullable Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }

  static Map<String, Object> finding(Finding finding) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("severity", finding.severity().wireName());
    view.put("check", finding.check());
    view.put("message", finding.message());
    return view;
  }

  static Map<String, Object> results(Map<Format, FormatResult> results) {
    Map<String, Object> view = new LinkedHashMap<>();
    results.forEach(
        (format, result) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("status", result.wireName());
          result.reason().ifPresent(failure -> one.put("error", failure(failure)));
          view.put(format.wireName(), one);
        });
    return view;
  }

  static Map<String, Object> failure(Failure failure) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("code", failure.code().name());
    view.put("message", failure.message());
    view.put("retryable", failure.code().retryable());
    return view;
  }

  static Map<String, Object> tier(Tier tier) {
    TierLimits limits = tier.limits();
    Map<String, Object> monthly = new LinkedHashMap<>();
    limits
        .monthly()
        .forEach((format, allowance) -> monthly.put(format.wireName(), limit(allowance)));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", tier.id().value());
    view.put("name", tier.displayName());
    view.put("model", tier.model().value());
    view.put("monthly", monthly);
    view.put("parallel_tasks", limits.parallelTasks());
    view.put("active_jobs", limits.activeJobs());
    view.put("generate_per_minute", limits.generatePerMinute());
    view.put("requests_per_minute", limits.requestsPerMinute());
    view.put("keep_days", limits.keepFor().map(Duration::toDays).orElse(null));
    view.put("priority", tier.priority());
    view.put("api_keys", tier.apiKeys());
    view.put("price", tier.price().map(Views::price).orElse(null));
    return view;
  }

  private static Map<String, Object> price(Price price) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("currency", price.currency().getCurrencyCode());
    view.put("monthly", price.monthly());
    view.put("yearly", price.yearly());
    return view;
  }

  static Map<String, Object> usage(ShowUsage.View usage) {
    Map<String, Object> formats = new LinkedHashMap<>();
    usage
        .formats()
        .forEach(
            (format, had) ->
                formats.put(
                    format.wireName(), usage(had, usage.tier().limits().allowance(format))));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("tier", usage.tier().id().value());
    view.put("period_start", usage.period().start().toString());
    view.put("resets_at", usage.period().end().toString());
    view.put("active_jobs", usage.activeJobs());
    view.put("active_jobs_limit", usage.tier().limits().activeJobs());
    view.put("formats", formats);
    return view;
  }

  private static Map<String, Object> usage(FormatUsage had, Allowance allowance) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("used", had.used());
    view.put("reserved", had.reserved());
    view.put("limit", limit(allowance));
    view.put(
        "remaining",
        allowance.limit().isEmpty()
            ? null
            : Math.max(0, allowance.limit().getAsLong() - had.taken()));
    return view;
  }

  // ---- accounts

  static Map<String, Object> account(Account account) {
    User user = account.user();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", user.id().toString());
    view.put("email", user.email().map(EmailAddress::value).orElse(null));
    view.put("email_verified", user.emailVerified());
    view.put("guest", user.guest());
    view.put("name", user.name());
    view.put("has_password", account.passwordHash().isPresent());
    view.put("created_at", user.createdAt().toString());
    return view;
  }

  static Map<String, Object> session(Sessions.Open open) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", open.handle().toString());
    view.put("device", open.device());
    view.put("created_at", open.createdAt().toString());
    view.put("expires_at", open.expiresAt().toString());
    return view;
  }

  static Map<String, Object> apiKey(ApiKeys.Listed listed) {
    ApiKey key = listed.key();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", key.id().toString());
    view.put("name", key.name());
    view.put("hint", key.hint());
    view.put("scopes", key.scopes().stream().map(ApiScope::wireName).sorted().toList());
    view.put("created_at", key.createdAt().toString());
    view.put("expires_at", time(key.expiresAt()));
    view.put("last_used_at", time(listed.lastUsedAt()));
    return view;
  }

  static Map<String, Object> linked(Identities.Linked linked) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("provider", linked.identity().provider().value());
    view.put("subject", linked.identity().subject());
    view.put("linked_at", linked.since().toString());
    return view;
  }

  static Map<String, Object> subscription(Subscriptions.Held held) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("provider", held.provider());
    view.put("tier", held.tier().value());
    view.put("period_start", time(held.period().map(UsagePeriod::start)));
    view.put("period_end", time(held.period().map(UsagePeriod::end)));
    view.put("ends_at", time(held.endsAt()));
    view.put("updated_at", held.updatedAt().toString());
    return view;
  }

  static Map<String, Object> purchase(Subscription bought) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("provider", bought.ref().provider().value());
    view.put("subscription", bought.ref().id());
    view.put("customer", bought.snapshot().customer());
    view.put("tier", bought.plan().tier().value());
    view.put("interval", bought.plan().interval().wireName());
    view.put("status", bought.status().wireName());
    view.put("period_end", time(bought.snapshot().term().periodEnd()));
    view.put("ended_at", time(bought.snapshot().term().endedAt()));
    return view;
  }

  static Map<String, Object> payment(BillingLedger.Row row) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("provider", row.provider().value());
    view.put("kind", row.kind().name().toLowerCase(Locale.ROOT));
    view.put("reference", row.reference());
    view.put("amount", row.amount().map(Money::minor).orElse(null));
    view.put(
        "currency", row.amount().map(money -> money.currency().getCurrencyCode()).orElse(null));
    view.put("state", row.state());
    view.put("at", row.at().toString());
    return view;
  }

  static Map<String, Object> period(UsageLedger.Period period) {
    Map<String, Object> formats = new LinkedHashMap<>();
    for (Format format : Format.values()) {
      FormatUsage had = period.usage().getOrDefault(format, FormatUsage.NONE);
      formats.put(format.wireName(), Map.of("used", had.used(), "reserved", had.reserved()));
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("period_start", period.period().start().toString());
    view.put("period_end", period.period().end().toString());
    view.put("formats", formats);
    return view;
  }

  static Map<String, Object> securityEvent(SecurityEvent event) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kind", event.kind().name().toLowerCase(Locale.ROOT));
    view.put("at", event.at().toString());
    view.put("facts", event.facts());
    return view;
  }

  /** The number, or null where there is no limit. */
  private static @Nullable Long limit(Allowance allowance) {
    return allowance.limit().isEmpty() ? null : allowance.limit().getAsLong();
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
