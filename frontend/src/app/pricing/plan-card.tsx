"use client";
import { Check } from "lucide-react";
import type { Tier } from "@/lib/api/types";
import { type Interval, type PaymentProvider, providerName } from "@/lib/billing";
import { money, type Reader, saving, useReader } from "@/lib/format";
import { withReturn } from "@/lib/return-to";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { cx } from "@/ui/cx";
import { Buy } from "./buy";
import { Change } from "./change";
import { actionFor, holds, type Standing } from "./plans";

type PlanCardProps = {
  tier: Tier;
  lowest: boolean;
  interval: Interval;
  standing: Standing;
  providers: readonly PaymentProvider[];
  known: boolean;
  /** The next one up from what the reader has */
  next: boolean;
  /** In which the others are sold */
  currency: string;
  wanted: boolean;
};

export function PlanCard(props: PlanCardProps) {
  const { tier, lowest, interval, standing, wanted } = props;
  const reader = useReader();
  const mine = standing.tier === tier.id;
  return (
    <li
      className={cx("card flex flex-col gap-5 p-5", (mine || wanted) && "border-accent ring-1 ring-accent")}
      aria-label={tier.name}
    >
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="subtitle">{tier.name}</h2>
        {mine ? <Badge tone="accent">Your plan</Badge> : wanted && <Badge>You chose this</Badge>}
      </div>
      <Price tier={tier} lowest={lowest} interval={interval} currency={props.currency} reader={reader} />
      <ul className="flex flex-1 flex-col gap-2">
        {holds(tier, reader).map((each) => (
          <li key={each} className="flex items-start gap-2.5">
            <Check size={18} aria-hidden="true" className="mt-0.5 shrink-0 text-accent" />
            {each}
          </li>
        ))}
        <li className="text-sm text-soft">Written by {tier.model}</li>
      </ul>
      <div className="flex min-h-20 flex-col gap-2">
        <Action {...props} />
      </div>
    </li>
  );
}

function Price({
  tier,
  lowest,
  interval,
  currency,
  reader,
}: Pick<PlanCardProps, "tier" | "lowest" | "interval" | "currency"> & { reader: Reader }) {
  const big = "font-serif text-3xl font-medium tracking-tight";
  if (tier.price === null) {
    return (
      <p className="flex min-h-16 flex-col">
        <span className={big}>{lowest ? money(0, currency, reader) : "By contract"}</span>
        <span className="text-sm text-soft">
          {lowest ? "No card is asked for" : "As agreed with whoever runs this"}
        </span>
      </p>
    );
  }
  const { monthly, yearly } = tier.price;
  const less = saving(tier.price);
  return (
    <p className="flex min-h-16 flex-col">
      <span>
        <span className={big}>{money(interval === "year" ? yearly : monthly, tier.price.currency, reader)}</span>{" "}
        <span className="text-soft">a {interval}</span>
      </span>
      <span className="text-sm text-soft">
        {interval === "year"
          ? `${money(Math.round(yearly / 12), tier.price.currency, reader)} a month${less ? `, ${less} % less` : ""}`
          : "Cancel whenever you like"}
      </span>
    </p>
  );
}

function Action({ tier, lowest, interval, standing, providers, known, next }: PlanCardProps) {
  if (!known) {
    return <span className="h-11" />;
  }
  const action = actionFor(tier, lowest, interval, standing, providers);
  const hint = "flex min-h-11 items-center text-sm text-soft";
  switch (action.kind) {
    case "current":
      return standing.live ? (
        <ButtonLink href="/billing">See your billing</ButtonLink>
      ) : (
        <p className={hint}>This is what you have.</p>
      );
    case "included":
      return <p className={hint}>Your plan has all of it.</p>;
    case "contract":
      return <p className={hint}>Ask whoever runs this service; it is switched on for you by hand.</p>;
    case "not-sold":
      return <p className={hint}>Not sold here{interval === "year" ? " by the year" : ""} at the moment.</p>;
    case "sign-up":
      return (
        <ButtonLink href={withReturn("/sign-up", action.path)} variant={next ? "primary" : "plain"}>
          {lowest ? "Begin for free" : `Sign up for ${tier.name}`}
        </ButtonLink>
      );
    case "cancel":
      return <ButtonLink href="/billing">Cancel to come back here</ButtonLink>;
    case "elsewhere":
      return (
        <p className="text-sm text-soft">
          {providerName(providers, action.provider)}, where you pay, does not sell it. Cancel there, and buy this one
          when what you paid for has ended.
        </p>
      );
    case "change":
      return <Change tier={tier} interval={interval} live={standing.live} seller={action.seller} main={next} />;
    case "buy":
      return <Buy tier={tier} interval={interval} sellers={action.sellers} main={next} />;
  }
}
