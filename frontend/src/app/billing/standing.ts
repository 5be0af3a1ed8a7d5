import type { Subscription } from "@/lib/billing";
import { date, money, type Reader } from "@/lib/format";

export type Line = { name: string; value: string };
export type Tone = "accent" | "warn" | "danger" | "neutral";

const WORDS: Record<string, { text: string; tone: Tone }> = {
  active: { text: "Active", tone: "accent" },
  trialing: { text: "On trial", tone: "accent" },
  "non-renewing": { text: "Ends by itself", tone: "warn" },
  past_due: { text: "Payment is late", tone: "danger" },
  attention: { text: "Payment is late", tone: "danger" },
  incomplete: { text: "First payment is open", tone: "warn" },
  unpaid: { text: "Not paid", tone: "danger" },
  paused: { text: "Paused", tone: "neutral" },
};

/** How it stands, in a word or two: the provider's words are its own. */
export function badgeOf(subscription: Subscription): { text: string; tone: Tone } {
  if (!subscription.live) {
    return { text: "Ended", tone: "neutral" };
  }
  if (subscription.cancels_at_period_end) {
    return { text: "Cancelled", tone: "warn" };
  }
  return WORDS[subscription.status] ?? { text: subscription.status, tone: "neutral" };
}

/** What there is to know of dates and money, only what is known. */
export function linesOf(subscription: Subscription, provider: string, reader: Reader): Line[] {
  const { live, period_end, ends_at, next_charge_at, next_charge, interval } = subscription;
  const lines: Line[] = [{ name: "Paid", value: `by the ${interval}, through ${provider}` }];
  if (live && ends_at) {
    lines.push({ name: "Ends on", value: date(ends_at, reader) });
  } else if (!live && ends_at) {
    lines.push({ name: "Ended on", value: date(ends_at, reader) });
  } else if (period_end) {
    lines.push({ name: "Paid until", value: date(period_end, reader) });
  }
  if (next_charge_at) {
    const amount = next_charge ? `${money(next_charge.amount, next_charge.currency, reader)} on ` : "on ";
    lines.push({ name: "Next charge", value: amount + date(next_charge_at, reader) });
  } else if (live) {
    lines.push({ name: "Next charge", value: "none" });
  }
  return lines;
}
