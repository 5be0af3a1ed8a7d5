"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { askSubscription, SUBSCRIPTION_KEY } from "@/lib/billing";
import { SESSION_KEY } from "@/lib/session/session";
import { useTiers } from "@/lib/tiers";
import { Button, ButtonLink } from "@/ui/button";
import { Spinner } from "@/ui/spinner";
import { PATIENCE_MS, paidState, pollAfter } from "./paid";

/** For who comes back from a payment page. */
export function AfterCheckout({ back }: { back: "paid" | "left" }) {
  return back === "paid" ? <AfterPaying /> : <AfterLeaving />;
}

/** News only once: not again by a reload or a bookmark. */
function forgetAddress(): void {
  history.replaceState(null, "", location.pathname);
}

function AfterLeaving() {
  useEffect(forgetAddress, []);
  return (
    <div role="status" className="flex flex-wrap items-center justify-between gap-4 rounded-xl bg-sunken px-5 py-4">
      <p className="min-w-0 flex-1 basis-64">
        <strong>You have left the payment page.</strong> Unless you have paid there, nothing was bought and nothing is
        charged.
      </p>
      <ButtonLink href="/pricing">Back to the plans</ButtonLink>
    </div>
  );
}

function AfterPaying() {
  const queries = useQueryClient();
  const { nameOf } = useTiers();
  const [since] = useState(() => Date.now());
  const [late, setLate] = useState(false);
  const { data } = useQuery({
    queryKey: SUBSCRIPTION_KEY,
    queryFn: askSubscription,
    refetchOnMount: "always",
    refetchInterval: ({ state }) => {
      const waited = Date.now() - since;
      return pollAfter(paidState(state.data, waited), waited);
    },
  });
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  const state = paidState(data, late ? PATIENCE_MS : 0);
  useEffect(() => {
    if (state === "arrived") {
      forgetAddress();
      void queries.invalidateQueries({ queryKey: SESSION_KEY });
      void queries.invalidateQueries({ queryKey: ["usage"] });
    }
  }, [state, queries]);

  return (
    <div role="status" className="rounded-xl bg-accent-wash px-5 py-4">
      {state === "arrived" ? (
        <div className="flex flex-wrap items-center justify-between gap-4">
          <p className="min-w-0 flex-1 basis-64">
            <strong className="text-accent-strong">
              {data?.subscription ? `${nameOf(data.subscription.tier)} is yours. ` : ""}
            </strong>
            It counts from now on, with the next brief.
          </p>
          <ButtonLink href="/" variant="primary">
            Write something
          </ButtonLink>
        </div>
      ) : state === "waiting" ? (
        <p className="flex items-center gap-3">
          <Spinner className="shrink-0" /> Waiting for the payment provider to tell us that it is paid. That usually
          takes some seconds.
        </p>
      ) : (
        <div className="flex flex-col items-start gap-3">
          <p>
            <strong>The payment provider has not told us yet.</strong> You need to do nothing: your plan changes by
            itself as soon as it does, mostly within minutes, also when you leave this page. If you have not paid,
            nothing is charged. Do not pay twice; if it is not here in an hour, tell whoever runs this service.
          </p>
          <Button onClick={() => void queries.invalidateQueries({ queryKey: SUBSCRIPTION_KEY })}>Look again</Button>
        </div>
      )}
    </div>
  );
}
