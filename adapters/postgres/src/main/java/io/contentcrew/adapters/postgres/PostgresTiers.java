package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.Price;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.TierLimits;
import io.contentcrew.ports.tier.Tiers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

final class PostgresTiers implements Tiers {
  /** Instances that start together seed one after the other. */
  private static final String ONE_AT_A_TIME =
      "lock table subscription_tiers in share row exclusive mode";

  private static final String DROP_OTHERS =
      """
      delete from subscription_tiers t
      where t.id <> all (:kept) and not exists (
        select from user_subscriptions s where s.tier = t.id)
      """;
  private static final String PUT =
      """
      insert into subscription_tiers (
        id, display_name, rank, monthly, parallel_tasks, active_jobs, generate_per_minute,
        requests_per_minute, keep_seconds, model, priority, api_keys, currency, monthly_price,
        yearly_price)
      values (
        :id, :display_name, :rank, :monthly::jsonb, :parallel_tasks, :active_jobs,
        :generate_per_minute, :requests_per_minute, :keep_seconds, :model, :priority, :api_keys,
        :currency, :monthly_price, :yearly_price)
      on conflict (id) do update set
        display_name = excluded.display_name, rank = excluded.rank, monthly = excluded.monthly,
        parallel_tasks = excluded.parallel_tasks, active_jobs = excluded.active_jobs,
        generate_per_minute = excluded.generate_per_minute,
        requests_per_minute = excluded.requests_per_minute,
        keep_seconds = excluded.keep_seconds, model = excluded.model,
        priority = excluded.priority, api_keys = excluded.api_keys, currency = excluded.currency,
        monthly_price = excluded.monthly_price, yearly_price = excluded.yearly_price
      """;
  private static final String LOAD =
      """
      select id, display_name, rank, monthly, parallel_tasks, active_jobs, generate_per_minute,
             requests_per_minute, keep_seconds, model, priority, api_keys, currency, monthly_price,
             yearly_price
      from subscription_tiers
      """;

  private final Tx tx;

  PostgresTiers(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void seed(TierCatalog catalog) {
    tx.update(ONE_AT_A_TIME, values -> {});
    List<String> ids = catalog.tiers().stream().map(tier -> tier.id().value()).toList();
    tx.update(DROP_OTHERS, values -> values.texts("kept", ids));
    for (Tier kept : rows()) {
      if (catalog.find(kept.id()).isEmpty()) {
        requireOwnRank(kept, catalog);
      }
    }
    catalog.tiers().forEach(this::put);
  }

  private static void requireOwnRank(Tier kept, TierCatalog catalog) {
    for (Tier tier : catalog.tiers()) {
      if (tier.rank() == kept.rank()) {
        throw new IllegalArgumentException(
            "tier %s cannot have rank %d: tier %s has it, which is kept because subscriptions name it; give %s another rank"
                .formatted(tier.id(), tier.rank(), kept.id(), tier.id()));
      }
    }
  }

  private void put(Tier tier) {
    TierLimits limits = tier.limits();
    tx.update(
        PUT,
        values ->
            values
                .text("id", tier.id().value())
                .text("display_name", tier.displayName())
                .number("rank", tier.rank())
                .text("monthly", Json.write(monthly(limits)))
                .number("parallel_tasks", limits.parallelTasks())
                .number("active_jobs", limits.activeJobs())
                .number("generate_per_minute", limits.generatePerMinute())
                .number("requests_per_minute", limits.requestsPerMinute())
                .number("keep_seconds", limits.keepFor().map(PostgresTiers::seconds).orElse(null))
                .text("model", tier.model().value())
                .flag("priority", tier.priority())
                .flag("api_keys", tier.apiKeys())
                .text("currency", tier.price().map(price -> price.currency().getCurrencyCode()))
                .number("monthly_price", tier.price().map(Price::monthly).orElse(null))
                .number("yearly_price", tier.price().map(Price::yearly).orElse(null)));
  }

  /** Begun seconds, as nothing is to go early. */
  private static long seconds(Duration time) {
    return time.plusNanos(999_999_999).toSeconds();
  }

  /** An allowance as it is kept; null is without limit. */
  private record AllowanceJson(@Nullable Long limit) {
    static AllowanceJson of(Allowance allowance) {
      OptionalLong limit = allowance.limit();
      return new AllowanceJson(limit.isPresent() ? limit.getAsLong() : null);
    }

    Allowance toAllowance() {
      return limit == null ? Allowance.unlimited() : Allowance.of(limit);
    }
  }

  private static Map<String, AllowanceJson> monthly(TierLimits limits) {
    Map<String, AllowanceJson> monthly = new LinkedHashMap<>();
    limits
        .monthly()
        .forEach(
            (format, allowance) -> monthly.put(format.wireName(), AllowanceJson.of(allowance)));
    return monthly;
  }

  @Override
  public Optional<TierCatalog> load() {
    List<Tier> tiers = rows();
    return tiers.isEmpty() ? Optional.empty() : Optional.of(new TierCatalog(tiers));
  }

  private List<Tier> rows() {
    return tx.list(LOAD, values -> {}, PostgresTiers::tier);
  }

  private static Tier tier(ResultSet row) throws SQLException {
    return new Tier(
        new TierId(row.getString("id")),
        row.getString("display_name"),
        row.getInt("rank"),
        new TierLimits(
            allowances(Json.readMap(row.getString("monthly"), AllowanceJson.class)),
            row.getInt("parallel_tasks"),
            row.getInt("active_jobs"),
            row.getInt("generate_per_minute"),
            row.getInt("requests_per_minute"),
            Optional.ofNullable(row.getObject("keep_seconds", Long.class))
                .map(Duration::ofSeconds)),
        new ModelName(row.getString("model")),
        row.getBoolean("priority"),
        row.getBoolean("api_keys"),
        price(row));
  }

  private static Map<Format, Allowance> allowances(Map<String, AllowanceJson> monthly) {
    AllowanceJson notOffered = new AllowanceJson(0L); // a format that was unknown then
    Map<Format, Allowance> allowances = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      allowances.put(format, monthly.getOrDefault(format.wireName(), notOffered).toAllowance());
    }
    return allowances;
  }

  private static Optional<Price> price(ResultSet row) throws SQLException {
    Optional<String> currency = Values.maybeText(row, "currency");
    if (currency.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Price(
            Currency.getInstance(currency.get()),
            row.getLong("monthly_price"),
            row.getLong("yearly_price")));
  }
}
