import type { Tier } from "@/lib/api/types";
import { FORMATS } from "@/lib/api/types";
import type { Interval, PaymentProvider, Subscription } from "@/lib/billing";
import { sellersOf } from "@/lib/billing";
import { count, plural, type Reader } from "@/lib/format";

const ONE = { blog: "blog post", social: "set of social posts", audio: "audio script", video: "video script" };
const MANY = { blog: "blog posts", social: "sets of social posts", audio: "audio scripts", video: "video scripts" };

/** What a plan holds, in plain words. */
export function holds(tier: Tier, reader: Pick<Reader, "numbers">): string[] {
  const limited = FORMATS.filter((format) => tier.monthly[format] !== null);
  const pieces = limited.length
    ? FORMATS.map((format) => {
        const limit = tier.monthly[format];
        return limit === null
          ? `As many ${MANY[format]} as you like`
          : `${count(limit, reader)} ${plural(limit, ONE[format], MANY[format])} a month`;
      })
    : ["As many pieces of all four formats as you like"];
  return [
    ...pieces,
    `${count(tier.active_jobs, reader)} ${plural(tier.active_jobs, "brief")} written at once`,
    tier.parallel_tasks > 1
      ? `${count(tier.parallel_tasks, reader)} agents work on a brief at the same time`
      : "One agent works at a time",
    tier.keep_days === null ? "Pieces are kept for good" : `Pieces are kept for ${count(tier.keep_days, reader)} days`,
    ...(tier.priority ? ["Goes ahead when many are waiting"] : []),
    ...(tier.api_keys ? ["API keys for your own programs"] : []),
  ];
}

export type PlanAction =
  /** it is theirs, at this interval */
  | { kind: "current" }
  /** the tier is granted without having been bought, or by the other interval nothing sells */
  | { kind: "included" }
  | { kind: "contract" }
  | { kind: "not-sold" }
  | { kind: "sign-up"; path: string }
  | { kind: "buy"; sellers: PaymentProvider[] }
  | { kind: "change"; seller: PaymentProvider }
  /** back to free is not bought: what was bought is cancelled */
  | { kind: "cancel" }
  /** sold, but not by whom the reader pays already */
  | { kind: "elsewhere"; provider: string };

export type Standing = {
  signedUp: boolean;
  /** the tier that counts now; null for guests and strangers */
  tier: string | null;
  /** what was bought and lives */
  live: Subscription | null;
};

/** The one thing to do about a plan. */
export function actionFor(
  tier: Tier,
  lowest: boolean,
  interval: Interval,
  standing: Standing,
  providers: readonly PaymentProvider[],
): PlanAction {
  const { live } = standing;
  if (live && live.tier === tier.id && live.interval === interval) {
    return { kind: "current" };
  }
  if (tier.price === null) {
    if (standing.tier === tier.id && !live) {
      return { kind: "current" };
    }
    if (!lowest) {
      return { kind: "contract" };
    }
    if (!standing.signedUp) {
      return { kind: "sign-up", path: "/" };
    }
    return live ? { kind: "cancel" } : { kind: "included" };
  }
  const sellers = sellersOf(providers, tier.id, interval);
  if (standing.tier === tier.id && !live) {
    return { kind: "current" };
  }
  if (sellers.length === 0) {
    return { kind: "not-sold" };
  }
  if (!standing.signedUp) {
    return { kind: "sign-up", path: `/pricing?plan=${encodeURIComponent(tier.id)}&interval=${interval}` };
  }
  if (!live) {
    return { kind: "buy", sellers };
  }
  const seller = sellers.find((each) => each.name === live.provider);
  return seller ? { kind: "change", seller } : { kind: "elsewhere", provider: live.provider };
}
