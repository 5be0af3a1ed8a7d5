import type { Subscribed } from "@/lib/billing";

/** For how long one who comes from paying is kept waiting before they are told what will happen. */
export const PATIENCE_MS = 30_000;

export type Paid = "waiting" | "arrived" | "late";

/**
 * Coming back from a checkout says nothing of whether it was paid; the provider's own word to the service does. It has arrived when the
 * tier that was bought counts.
 */
export function paidState(subscribed: Subscribed | undefined, waitedMs: number): Paid {
  const bought = subscribed?.subscription;
  if (bought?.live && GRANTING.has(bought.status)) {
    return "arrived";
  }
  return waitedMs >= PATIENCE_MS ? "late" : "waiting";
}

const GRANTING = new Set(["active", "trialing", "non-renewing"]);

/** When to ask again: soon at first, then at leisure; never again once it is there. */
export function pollAfter(state: Paid, waitedMs: number): number | false {
  if (state === "arrived") {
    return false;
  }
  return state === "late" ? 15_000 : waitedMs < 10_000 ? 1_000 : 2_000;
}
