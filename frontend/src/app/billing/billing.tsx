"use client";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { askSubscription, SUBSCRIPTION_KEY, type Subscription, usePaymentProviders } from "@/lib/billing";
import { GuestsNeedAccount, RequireUser } from "@/lib/session/require-user";
import { useTiers } from "@/lib/tiers";
import { ButtonLink } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { ErrorPanel } from "@/ui/error-panel";
import { Loading } from "@/ui/loading";
import { AfterCheckout } from "./after-checkout";
import { Bought } from "./bought";

export function Billing() {
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <h1 className="title">Billing</h1>
      <RequireUser
        what="what you have bought"
        guests={
          <GuestsNeedAccount>
            Guests buy nothing. With an account you can, and the piece you have written comes with you.
          </GuestsNeedAccount>
        }
      >
        {() => <Content />}
      </RequireUser>
    </div>
  );
}

function Content() {
  const query = useSearchParams();
  const { data, error, refetch } = useQuery({ queryKey: SUBSCRIPTION_KEY, queryFn: askSubscription });
  const { nameOf } = useTiers();
  const providers = usePaymentProviders();
  // Kept beside the address, which forgets it once the news has been told
  const [back] = useState<"paid" | "left" | null>(() =>
    query.has("paid") ? "paid" : query.has("left") ? "left" : null,
  );
  return (
    <>
      {back && <AfterCheckout back={back} />}
      {data ? (
        data.subscription ? (
          <>
            <Granted tier={data.tier} bought={data.subscription} nameOf={nameOf} />
            <Bought subscription={data.subscription} providers={providers.data?.data ?? []} />
          </>
        ) : (
          back !== "paid" && (
            <EmptyState
              title={`You are on ${nameOf(data.tier)}`}
              action={
                <ButtonLink href="/pricing" variant="primary">
                  See the plans
                </ButtonLink>
              }
            >
              You have bought nothing, and nothing is charged.
            </EmptyState>
          )
        )
      ) : error ? (
        <ErrorPanel error={error} what="What you have bought could not be loaded" onRetry={refetch} />
      ) : (
        <Loading what="what you have bought" rows={2} />
      )}
    </>
  );
}

/** Where the plan that counts is not the one that was bought: granted by hand, or not any more. */
function Granted({ tier, bought, nameOf }: { tier: string; bought: Subscription; nameOf: (id: string) => string }) {
  if (tier === bought.tier) {
    return null;
  }
  return (
    <p className="text-lg text-soft">
      You are on <strong className="text-ink">{nameOf(tier)}</strong> now
      {bought.live ? `, although ${nameOf(bought.tier)} was bought: see below.` : "."}
    </p>
  );
}
