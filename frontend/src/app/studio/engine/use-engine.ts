"use client";
import { useQuery } from "@tanstack/react-query";
import { api, ok } from "@/lib/api/client";
import type { Engine } from "@/lib/api/types";
import { useSession } from "@/lib/session/session";
import { askAgainAfter, isReal } from "./engine";

type Answer = {
  engine: Engine | undefined;
  /** For whom it was asked: another reader's plan may have another model */
  who: string | null | undefined;
};

/**
 * Who would write now, for whoever is here. Until a model answers it is asked again and again, but only while the tab is in sight (the
 * interval rests in a hidden one) and while somebody shows it.
 */
export function useEngine(): Answer {
  const { user } = useSession();
  const who = user === undefined ? undefined : (user?.id ?? null);
  const { data } = useQuery({
    queryKey: ["engine", who],
    queryFn: () => ok(api.GET("/v1/content/engine")),
    enabled: who !== undefined,
    staleTime: ({ state }) => (isReal(state.data) ? 300_000 : 9_000),
    refetchInterval: ({ state }) => askAgainAfter(state.data, state.error),
    retry: false,
  });
  return { engine: data, who };
}
