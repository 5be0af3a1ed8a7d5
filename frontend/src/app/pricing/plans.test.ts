import { describe, expect, it } from "vitest";
import type { Tier } from "@/lib/api/types";
import type { PaymentProvider, Subscription } from "@/lib/billing";
import { actionFor, holds, type Standing } from "./plans";

const base = {
  model: "m",
  parallel_tasks: 1,
  active_jobs: 2,
  generate_per_minute: 10,
  requests_per_minute: 60,
  keep_days: 90 as number | null,
  priority: false,
  api_keys: false,
};
const free: Tier = {
  ...base,
  id: "free",
  name: "Free",
  monthly: { blog: 10, social: 1, audio: 5, video: 5 },
  price: null,
};
const pro: Tier = {
  ...base,
  id: "pro",
  name: "Pro",
  monthly: { blog: null, social: null, audio: null, video: null },
  keep_days: null,
  api_keys: true,
  price: { currency: "USD", monthly: 2999, yearly: 29999 },
};
const enterprise: Tier = { ...pro, id: "enterprise", name: "Enterprise", price: null };

const stripe: PaymentProvider = {
  name: "stripe",
  display_name: "Stripe",
  test: false,
  plans: [
    { tier: "pro", interval: "month" },
    { tier: "pro", interval: "year" },
  ],
};
const paystack: PaymentProvider = {
  name: "paystack",
  display_name: "Paystack",
  test: false,
  plans: [{ tier: "pro", interval: "month" }],
};

const stranger: Standing = { signedUp: false, tier: null, live: null };
const onFree: Standing = { signedUp: true, tier: "free", live: null };
const bought = (tier: string, interval: "month" | "year", provider = "stripe") =>
  ({ tier, interval, provider, live: true }) as Subscription;

describe("what to do about a plan", () => {
  it("is to sign up first, for strangers and guests", () => {
    expect(actionFor(pro, false, "year", stranger, [stripe])).toEqual({
      kind: "sign-up",
      path: "/pricing?plan=pro&interval=year",
    });
    expect(actionFor(free, true, "month", stranger, [stripe]).kind).toBe("sign-up");
  });
  it("is to buy it where it is sold, from any who sells it", () => {
    expect(actionFor(pro, false, "month", onFree, [stripe, paystack])).toEqual({
      kind: "buy",
      sellers: [stripe, paystack],
    });
    expect(actionFor(pro, false, "year", onFree, [stripe, paystack])).toEqual({ kind: "buy", sellers: [stripe] });
    expect(actionFor(pro, false, "month", onFree, []).kind).toBe("not-sold");
  });
  it("is a change for who has bought one, at the same provider only", () => {
    const basic: Standing = { signedUp: true, tier: "basic", live: bought("basic", "month") };
    expect(actionFor(pro, false, "month", basic, [paystack, stripe])).toEqual({ kind: "change", seller: stripe });
    const other: Standing = { ...basic, live: bought("basic", "month", "paystack") };
    expect(actionFor(pro, false, "year", other, [stripe, paystack])).toEqual({
      kind: "elsewhere",
      provider: "paystack",
    });
  });
  it("is nothing for the one that is theirs, but its other interval is a change", () => {
    const mine: Standing = { signedUp: true, tier: "pro", live: bought("pro", "month") };
    expect(actionFor(pro, false, "month", mine, [stripe]).kind).toBe("current");
    expect(actionFor(pro, false, "year", mine, [stripe]).kind).toBe("change");
    expect(actionFor(free, true, "month", mine, [stripe]).kind).toBe("cancel");
  });
  it("is nothing where it was granted", () => {
    expect(actionFor(enterprise, false, "month", { ...onFree, tier: "enterprise" }, [stripe]).kind).toBe("current");
    expect(actionFor(pro, false, "month", { ...onFree, tier: "pro" }, [stripe]).kind).toBe("current");
    expect(actionFor(free, true, "month", onFree, [stripe]).kind).toBe("current");
    expect(actionFor(enterprise, false, "month", onFree, [stripe]).kind).toBe("contract");
  });
});

describe("what a plan holds", () => {
  it("is told by format where it is counted", () => {
    expect(holds(free, { numbers: "en" })).toEqual([
      "10 blog posts a month",
      "1 set of social posts a month",
      "5 audio scripts a month",
      "5 video scripts a month",
      "2 briefs written at once",
      "One agent works at a time",
      "Pieces are kept for 90 days",
    ]);
  });
  it("is told in one line where nothing is counted", () => {
    expect(holds(pro, { numbers: "en" })[0]).toBe("As many pieces of all four formats as you like");
    expect(holds(pro, { numbers: "en" })).toContain("API keys for your own programs");
  });
});
