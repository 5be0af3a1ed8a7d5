"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { api, ok } from "@/lib/api/client";
import { asApiError } from "@/lib/api/error";
import type { Tier } from "@/lib/api/types";
import { type Interval, type PaymentProvider, SUBSCRIPTION_KEY, type Subscription } from "@/lib/billing";
import { date, money, useReader } from "@/lib/format";
import { randomKey } from "@/lib/random-key";
import { SESSION_KEY } from "@/lib/session/session";
import { useTiers } from "@/lib/tiers";
import { Button, ButtonLink } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ErrorPanel } from "@/ui/error-panel";
import { useToast } from "@/ui/toast";

type ChangeProps = {
  tier: Tier;
  interval: Interval;
  live: Subscription | null;
  seller: PaymentProvider;
  main: boolean;
};

export function Change({ tier, interval, live, seller, main }: ChangeProps) {
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const reader = useReader();
  const { nameOf } = useTiers();
  const key = useRef("");
  const change = useMutation({
    mutationFn: () =>
      ok(
        api.POST("/v1/billing/change", {
          params: { header: { "Idempotency-Key": key.current } },
          body: { tier: tier.id, interval },
        }),
      ),
    onSuccess: (subscribed) => {
      queries.setQueryData(SUBSCRIPTION_KEY, subscribed);
      void queries.invalidateQueries({ queryKey: SESSION_KEY });
      void queries.invalidateQueries({ queryKey: ["usage"] });
      setOpen(false);
      toast({ text: `You have asked for ${tier.name} by the ${interval}.` });
      router.push("/billing");
    },
  });
  if (!live || tier.price === null) {
    return null;
  }
  const price = money(interval === "year" ? tier.price.yearly : tier.price.monthly, tier.price.currency, reader);
  const close = () => {
    if (!change.isPending) {
      setOpen(false);
    }
  };
  return (
    <>
      <Button
        variant={main ? "primary" : "plain"}
        className="h-auto py-2 whitespace-normal"
        onClick={() => {
          key.current = randomKey();
          change.reset();
          setOpen(true);
        }}
      >
        {live.tier === tier.id ? `Pay by the ${interval}` : `Change to ${tier.name}`}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={`Change to ${tier.name}, by the ${interval}?`}
        description={
          <ul className="flex list-disc flex-col gap-1.5 ps-5">
            <li>
              You have {nameOf(live.tier)} by the {live.interval}
              {live.period_end ? `, paid until ${date(live.period_end, reader)}` : ""}.
            </li>
            <li>
              It becomes {tier.name} at once, for <strong className="text-ink">{price}</strong> a {interval}.
            </li>
            <li>
              {seller.test
                ? "TEST: no money moves."
                : `${seller.display_name} charges the difference now, or credits it to your next bill.`}
            </li>
            {live.cancels_at_period_end && <li>It was to end; see on your billing page whether it goes on.</li>}
          </ul>
        }
        footer={
          <>
            <Button onClick={close}>Keep {nameOf(live.tier)}</Button>
            <Button variant="primary" busy={change.isPending} onClick={() => change.mutate()}>
              Change to {tier.name}
            </Button>
          </>
        }
      >
        {change.error && (
          <ErrorPanel
            error={change.error}
            what="Your plan is as it was"
            next={
              asApiError(change.error).status === 409
                ? "On your billing page you can look at how you pay, or cancel."
                : undefined
            }
            action={
              <ButtonLink href="/billing" size="sm">
                To your billing
              </ButtonLink>
            }
          />
        )}
      </Dialog>
    </>
  );
}
