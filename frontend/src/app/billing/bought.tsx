"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "@/lib/api/client";
import {
  type PaymentProvider,
  providerName,
  SUBSCRIPTION_KEY,
  type Subscribed,
  type Subscription,
} from "@/lib/billing";
import { date, dateTime, useReader } from "@/lib/format";
import { useOnReturn } from "@/lib/on-return";
import { SESSION_KEY } from "@/lib/session/session";
import { useTiers } from "@/lib/tiers";
import { Badge } from "@/ui/badge";
import { Button, ButtonLink, buttonClass } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ErrorPanel } from "@/ui/error-panel";
import { useStatus } from "@/ui/status";
import { badgeOf, linesOf } from "./standing";

export function Bought({
  subscription,
  providers,
}: {
  subscription: Subscription;
  providers: readonly PaymentProvider[];
}) {
  const queries = useQueryClient();
  const reader = useReader();
  const say = useStatus();
  const { nameOf } = useTiers();
  const [asking, setAsking] = useState(false);
  const name = nameOf(subscription.tier);
  const provider = providerName(providers, subscription.provider);
  const badge = badgeOf(subscription);

  const adopt = (next: Subscribed) => {
    queries.setQueryData(SUBSCRIPTION_KEY, next);
    void queries.invalidateQueries({ queryKey: SESSION_KEY });
    void queries.invalidateQueries({ queryKey: ["usage"] });
  };
  const portal = useMutation({
    mutationFn: () => ok(api.POST("/v1/billing/portal")),
    onSuccess: ({ url }) => location.assign(url),
  });
  useOnReturn(() => {
    portal.reset();
    void queries.invalidateQueries({ queryKey: SUBSCRIPTION_KEY });
  });
  const cancel = useMutation({
    mutationFn: () => ok(api.POST("/v1/billing/cancel")),
    onSuccess: (next) => {
      adopt(next);
      setAsking(false);
      say(`${name} is cancelled`);
    },
  });
  const resume = useMutation({
    mutationFn: () => ok(api.POST("/v1/billing/resume")),
    onSuccess: (next) => {
      adopt(next);
      say(`${name} goes on`);
    },
  });
  const until = subscription.ends_at ?? subscription.period_end;

  return (
    <section className="card flex flex-col gap-5 p-5 sm:p-6" aria-label={name}>
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="subtitle">{name}</h2>
        <Badge tone={badge.tone}>{badge.text}</Badge>
        {subscription.test && <Badge tone="warn">TEST: no money moves</Badge>}
      </div>
      <PaymentProblem subscription={subscription} />
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-3">
        {linesOf(subscription, provider, reader).map((line) => (
          <div key={line.name}>
            <dt className="eyebrow">{line.name}</dt>
            <dd>{line.value}</dd>
          </div>
        ))}
      </dl>
      {subscription.live && subscription.cancels_at_period_end && until && (
        <p className="text-soft">
          You have {name} until then. After that you are on the Free plan, and your pieces stay for as long as that
          keeps them.
        </p>
      )}
      {(portal.error || resume.error) && (
        <ErrorPanel
          error={portal.error ?? resume.error}
          what={portal.error ? `${provider}'s page did not open` : `${name} still ends`}
          next={`Nothing was changed. Try again in a moment, or go to ${provider} yourself.`}
        />
      )}
      <div className="flex flex-wrap gap-3">
        {subscription.live && subscription.cancels_at_period_end && (
          <Button variant="primary" busy={resume.isPending} onClick={() => resume.mutate()}>
            Keep {name} after all
          </Button>
        )}
        {!subscription.live && (
          <ButtonLink href="/pricing" variant="primary">
            See the plans
          </ButtonLink>
        )}
        {!subscription.test && (
          <Button busy={portal.isPending || portal.isSuccess} onClick={() => portal.mutate()}>
            Bills and way of paying
          </Button>
        )}
        {subscription.live && <ButtonLink href="/pricing">Change the plan</ButtonLink>}
        {subscription.live && !subscription.cancels_at_period_end && (
          <Button
            variant="danger"
            onClick={() => {
              cancel.reset();
              setAsking(true);
            }}
          >
            Cancel {name}
          </Button>
        )}
      </div>
      <Dialog
        open={asking}
        onClose={() => !cancel.isPending && setAsking(false)}
        title={`Cancel ${name}?`}
        description={
          <ul className="flex list-disc flex-col gap-1.5 ps-5">
            <li>
              You keep {name} until{" "}
              {until ? <strong className="text-ink">{date(until, reader)}</strong> : "what is paid for has ended"}.
            </li>
            <li>Nothing is charged after that.</li>
            <li>Your pieces stay, for as long as the Free plan keeps them.</li>
            <li>Until it ends you can take it back with one click.</li>
          </ul>
        }
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep {name}</Button>
            <Button variant="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              Cancel {name}
            </Button>
          </>
        }
      >
        {cancel.error && <ErrorPanel error={cancel.error} what={`${name} is not cancelled`} />}
      </Dialog>
    </section>
  );
}

function PaymentProblem({ subscription }: { subscription: Subscription }) {
  const reader = useReader();
  const problem = subscription.payment_problem;
  if (!problem) {
    return null;
  }
  return (
    <div
      role="alert"
      className="flex flex-col items-start gap-3 rounded-xl border border-danger bg-danger-wash px-5 py-4"
    >
      <p>
        <strong className="text-danger">
          {problem.action_required ? "Your bank wants you to confirm a payment." : "A payment did not go through."}
        </strong>{" "}
        Open since {date(problem.since, reader)}
        {problem.attempts > 1 ? `, tried ${problem.attempts} times` : ""}.{" "}
        {problem.next_attempt_at
          ? `It is tried again on ${dateTime(problem.next_attempt_at, reader)}.`
          : "It is not tried again by itself."}{" "}
        {subscription.status === "incomplete"
          ? "Your plan begins when it is paid."
          : "Your plan goes on for some days meanwhile."}
      </p>
      {problem.pay_at && (
        <a href={problem.pay_at} rel="noreferrer" className={buttonClass({ variant: "primary" })}>
          {problem.action_required ? "Confirm it" : "Pay it now"}
        </a>
      )}
    </div>
  );
}
