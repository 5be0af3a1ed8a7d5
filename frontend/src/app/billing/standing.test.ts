import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/billing";
import type { Reader } from "@/lib/format";
import { badgeOf, linesOf } from "./standing";

const reader: Reader = { dates: "en-GB", numbers: "en-US", timeZone: "UTC" };
const active: Subscription = {
  id: "sub_1",
  provider: "stripe",
  test: false,
  tier: "pro",
  interval: "month",
  status: "active",
  live: true,
  period_end: "2026-12-23T10:00:00Z",
  cancels_at_period_end: false,
  ends_at: null,
  next_charge_at: "2026-12-23T10:00:00Z",
  next_charge: { currency: "USD", amount: 2999 },
  payment_problem: null,
};
const text = (subscription: Subscription) =>
  linesOf(subscription, "Stripe", reader)
    .map(({ name, value }) => `${name}: ${value}`)
    .join("\n");

describe("what was bought", () => {
  it("goes on, and is charged when and how much is known", () => {
    expect(badgeOf(active).text).toBe("Active");
    expect(text(active)).toBe(
      "Paid: by the month, through Stripe\nPaid until: 23 December 2026\nNext charge: $29.99 on 23 December 2026",
    );
    expect(text({ ...active, next_charge: null })).toContain("Next charge: on 23 December 2026");
  });
  it("ends where it was cancelled, and is charged no more", () => {
    const cancelled = {
      ...active,
      cancels_at_period_end: true,
      ends_at: "2026-12-23T10:00:00Z",
      next_charge_at: null,
      next_charge: null,
    };
    expect(badgeOf(cancelled).text).toBe("Cancelled");
    expect(text(cancelled)).toContain("Ends on: 23 December 2026\nNext charge: none");
  });
  it("has ended", () => {
    const ended = { ...active, live: false, status: "canceled", ends_at: "2026-11-01T00:00:00Z", next_charge_at: null };
    expect(badgeOf(ended).text).toBe("Ended");
    expect(text(ended)).toContain("Ended on: 1 November 2026");
    expect(text(ended)).not.toContain("Next charge");
  });
  it("shows a provider's new word rather than a wrong one", () => {
    expect(badgeOf({ ...active, status: "frozen" }).text).toBe("frozen");
  });
});
