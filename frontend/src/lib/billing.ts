"use client";
import { useQuery } from "@tanstack/react-query";
import { api, ok } from "@/lib/api/client";
import type { components } from "@/lib/api/schema";

export type Subscribed = components["schemas"]["Subscribed"];
export type Subscription = components["schemas"]["Subscription"];
export type PaymentProvider = components["schemas"]["PaymentProvider"];
export type Interval = components["schemas"]["Interval"];

export const SUBSCRIPTION_KEY = ["subscription"] as const;

export const askSubscription = () => ok(api.GET("/v1/billing/subscription"));

export function usePaymentProviders() {
  return useQuery({
    queryKey: ["public", "payment-providers"],
    queryFn: () => ok(api.GET("/v1/billing/providers")),
    staleTime: 600_000,
  });
}

/** Who sells a plan. */
export function sellersOf(providers: readonly PaymentProvider[], tier: string, interval: Interval): PaymentProvider[] {
  return providers.filter((each) => each.plans.some((plan) => plan.tier === tier && plan.interval === interval));
}

export function providerName(providers: readonly PaymentProvider[] | undefined, name: string): string {
  return providers?.find((each) => each.name === name)?.display_name ?? name.replace(/^./, (c) => c.toUpperCase());
}
