"use client";
import { useQuery } from "@tanstack/react-query";
import { api, ok } from "@/lib/api/client";
import type { Tier } from "@/lib/api/types";

export const TIERS_KEY = ["public", "tiers"] as const;

/** The plans, the lowest first. */
export function useTiers() {
  const query = useQuery({ queryKey: TIERS_KEY, queryFn: () => ok(api.GET("/v1/tiers")), staleTime: 600_000 });
  const tiers: readonly Tier[] | undefined = query.data?.data;
  return {
    ...query,
    tiers,
    nameOf: (id: string) => tiers?.find((each) => each.id === id)?.name ?? id.replace(/^./, (c) => c.toUpperCase()),
    above: (id: string): Tier | undefined => {
      const at = tiers?.findIndex((each) => each.id === id) ?? -1;
      return at < 0 ? undefined : tiers?.[at + 1];
    },
  };
}
