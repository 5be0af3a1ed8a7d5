import { describe, expect, it } from "vitest";
import type { Subscribed, Subscription } from "@/lib/billing";
import { PATIENCE_MS, paidState, pollAfter } from "./paid";

const subscribed = (status: string, live = true): Subscribed => ({
  tier: "pro",
  subscription: { status, live, tier: "pro" } as Subscription,
});

describe("after paying", () => {
  it("it has arrived when the provider says that the plan is on", () => {
    expect(paidState(subscribed("active"), 0)).toBe("arrived");
    expect(paidState(subscribed("trialing"), PATIENCE_MS * 2)).toBe("arrived");
  });
  it("it has not while the first payment is open, nor by an older plan that has ended", () => {
    expect(paidState(subscribed("incomplete"), 1_000)).toBe("waiting");
    expect(paidState(subscribed("canceled", false), 1_000)).toBe("waiting");
    expect(paidState({ tier: "free", subscription: null }, 1_000)).toBe("waiting");
    expect(paidState(undefined, 1_000)).toBe("waiting");
  });
  it("nobody waits longer than half a minute for an answer", () => {
    expect(paidState(undefined, PATIENCE_MS - 1)).toBe("waiting");
    expect(paidState(undefined, PATIENCE_MS)).toBe("late");
  });
  it("it is asked for soon, then at leisure, and no more once it is there", () => {
    expect(pollAfter("waiting", 0)).toBe(1_000);
    expect(pollAfter("waiting", 20_000)).toBe(2_000);
    expect(pollAfter("late", 40_000)).toBe(15_000);
    expect(pollAfter("arrived", 0)).toBe(false);
  });
});
