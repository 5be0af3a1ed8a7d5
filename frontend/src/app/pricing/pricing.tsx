"use client";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { askSubscription, type Interval, SUBSCRIPTION_KEY, usePaymentProviders } from "@/lib/billing";
import { saving } from "@/lib/format";
import { useSession } from "@/lib/session/session";
import { useTiers } from "@/lib/tiers";
import { Badge } from "@/ui/badge";
import { cx } from "@/ui/cx";
import { ErrorPanel } from "@/ui/error-panel";
import { Loading } from "@/ui/loading";
import { PlanCard } from "./plan-card";
import type { Standing } from "./plans";

export function Pricing() {
  const query = useSearchParams();
  const wanted = query.get("plan");
  const { user, guest } = useSession();
  const { tiers, error, refetch } = useTiers();
  const providers = usePaymentProviders();
  const subscribed = useQuery({
    queryKey: SUBSCRIPTION_KEY,
    queryFn: askSubscription,
    enabled: Boolean(user) && !guest,
  });
  const [chosen, setChosen] = useState<Interval | null>(null);
  const live = subscribed.data?.subscription?.live ? subscribed.data.subscription : null;
  const interval: Interval = chosen ?? (query.get("interval") === "year" ? "year" : (live?.interval ?? "month"));
  const most = Math.max(0, ...(tiers ?? []).map((tier) => (tier.price ? saving(tier.price) : 0)));

  const standing: Standing = {
    signedUp: Boolean(user) && !guest,
    tier: user && !guest ? (subscribed.data?.tier ?? user.tier) : null,
    live,
  };
  // What can be done is only offered when it is known who asks and what they have: else one might buy twice.
  const known = user !== undefined && !providers.isPending && (!standing.signedUp || subscribed.data !== undefined);

  // Strangers are on none, and begin with the lowest.
  const nextAt = (tiers ?? []).findIndex((tier) => tier.id === standing.tier) + 1;
  const currency = tiers?.find((tier) => tier.price)?.price?.currency ?? "USD";

  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-5">
        <div className="flex max-w-2xl flex-col gap-2">
          <h1 className="title">Pricing</h1>
          <p className="text-lg text-soft">
            Each plan has all four formats. What you have written stays yours whatever you pay.
          </p>
        </div>
        <fieldset className="flex rounded-xl border border-edge p-1">
          <legend className="sr-only">Pay by the month or by the year</legend>
          {(["month", "year"] as const).map((each) => (
            <label
              key={each}
              className={cx(
                "flex min-h-10 cursor-pointer items-center gap-2 rounded-lg px-4 font-semibold has-focus-visible:outline-2 has-focus-visible:outline-accent",
                each === interval ? "bg-accent text-on-accent" : "text-ink hover:bg-sunken",
              )}
            >
              <input
                type="radio"
                name="interval"
                value={each}
                checked={each === interval}
                onChange={() => setChosen(each)}
                className="sr-only"
              />
              {each === "month" ? "Monthly" : "Yearly"}
            </label>
          ))}
        </fieldset>
      </div>
      {most > 0 && (
        <p className="-mt-4">
          <Badge tone="accent">By the year up to {most} % less</Badge>
        </p>
      )}
      {providers.error && (
        <ErrorPanel
          error={providers.error}
          what="We cannot say now what can be bought"
          onRetry={() => void providers.refetch()}
        />
      )}
      {subscribed.error && (
        <ErrorPanel
          error={subscribed.error}
          what="We cannot say now what you have bought"
          onRetry={() => void subscribed.refetch()}
        />
      )}
      {tiers ? (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          {tiers.map((tier, at) => (
            <PlanCard
              key={tier.id}
              tier={tier}
              lowest={at === 0}
              interval={interval}
              standing={standing}
              providers={providers.data?.data ?? []}
              known={known}
              next={at === nextAt}
              currency={currency}
              wanted={tier.id === wanted && standing.signedUp}
            />
          ))}
        </ul>
      ) : error ? (
        <ErrorPanel error={error} what="The plans could not be loaded" onRetry={refetch} />
      ) : (
        <Loading what="the plans" rows={4} />
      )}
      <div className="max-w-2xl text-soft">
        <h2 className="subtitle mb-2 text-ink">Before you ask</h2>
        <p>
          A plan goes on until you cancel it, and you can at any time: it then ends with what is paid for. A month
          counts from the day you buy; without a bought plan it is the calendar month. After a plan has ended your
          pieces stay, for as long as the Free plan keeps them.
        </p>
      </div>
    </div>
  );
}
