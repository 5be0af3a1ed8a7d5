"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRef } from "react";
import { api, ok } from "@/lib/api/client";
import { asApiError } from "@/lib/api/error";
import type { Tier } from "@/lib/api/types";
import { type Interval, type PaymentProvider, SUBSCRIPTION_KEY } from "@/lib/billing";
import { useOnReturn } from "@/lib/on-return";
import { randomKey } from "@/lib/random-key";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";

type BuyProps = { tier: Tier; interval: Interval; sellers: readonly PaymentProvider[]; main: boolean };

/** Leads to the provider's page. Nothing is charged before it is paid there. */
export function Buy({ tier, interval, sellers, main }: BuyProps) {
  const queries = useQueryClient();
  // The same wish has the same key, so that a second click or a try after an error begins no second checkout.
  const keys = useRef(new Map<string, string>());
  const keyOf = (wish: string) => {
    const key = keys.current.get(wish) ?? randomKey();
    keys.current.set(wish, key);
    return key;
  };
  const checkout = useMutation({
    mutationFn: (provider: string) =>
      ok(
        api.POST("/v1/billing/checkout", {
          params: { header: { "Idempotency-Key": keyOf(`${tier.id} ${interval} ${provider}`) } },
          body: { tier: tier.id, interval, provider },
        }),
      ),
    onSuccess: ({ url }) => location.assign(url),
    onError: (error) => {
      if (asApiError(error).status === 409) {
        void queries.invalidateQueries({ queryKey: SUBSCRIPTION_KEY });
      }
    },
  });
  useOnReturn(() => {
    checkout.reset();
    void queries.invalidateQueries({ queryKey: SUBSCRIPTION_KEY });
  });
  const error = checkout.error && asApiError(checkout.error);
  return (
    <>
      {sellers.map((seller, at) => (
        <Button
          key={seller.name}
          variant={main && at === 0 ? "primary" : "plain"}
          className="h-auto flex-wrap py-2 whitespace-normal"
          busy={(checkout.isPending || checkout.isSuccess) && checkout.variables === seller.name}
          disabled={(checkout.isPending || checkout.isSuccess) && checkout.variables !== seller.name}
          onClick={() => checkout.mutate(seller.name)}
        >
          {sellers.length > 1 ? `Pay with ${seller.display_name}` : `Choose ${tier.name}`}
        </Button>
      ))}
      {sellers.some((seller) => seller.test) && (
        <p className="flex flex-wrap items-center gap-2 text-sm text-soft">
          <Badge tone="warn">TEST</Badge> No money moves{sellers.length > 1 ? " with test payments" : ""}.
        </p>
      )}
      {error && (
        <ErrorPanel
          error={error}
          what="The checkout did not open"
          next={nextStep(error.status, error.code)}
          action={
            error.status === 409 && (
              <Link href="/billing" className="link font-semibold">
                To your billing
              </Link>
            )
          }
        />
      )}
    </>
  );
}

function nextStep(status: number, code: string): string | undefined {
  if (status === 409) {
    return "Nothing was charged. Your billing page shows what you have and lets you change it.";
  }
  if (code === "SERVICE_UNAVAILABLE") {
    return "Nothing was charged. Try again in a moment.";
  }
  return undefined;
}
