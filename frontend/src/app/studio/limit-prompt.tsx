"use client";
import type { PlanLimitProblem } from "@/lib/api/error";
import { date, names, useReader } from "@/lib/format";
import { useSession } from "@/lib/session/session";
import { useTiers } from "@/lib/tiers";
import { ButtonLink } from "@/ui/button";

/** When the plan refuses: what is used up, when it is there again, and the way on. The brief stays where it is. */
export function LimitPrompt({ limit, detail }: { limit: PlanLimitProblem; detail: string }) {
  const { guest } = useSession();
  const reader = useReader();
  const { nameOf } = useTiers();
  const busy = limit.limit_name === "active_jobs";
  // Of one format the heading and the date below say it all, in the reader's own words for plans and days
  const told = !busy && !guest && Boolean(limit.format && limit.resets_at) && (limit.formats?.length ?? 0) < 2;
  return (
    <div role="alert" className="rounded-xl border border-warn bg-warn-wash px-5 py-4">
      <p className="font-semibold text-warn">
        {guest ? "That was your first try. The rest needs an account, which is free" : heading(limit)}
      </p>
      {!told && <p className="mt-1">{detail}</p>}
      <p className="mt-1 text-soft">
        What you have written is kept{guest ? ", and so is all that the crew has written for you" : ""}.
        {!busy && !guest && limit.resets_at && ` The count begins anew on ${date(limit.resets_at, reader)}.`}
      </p>
      <div className="mt-3 flex flex-wrap gap-3">
        {guest ? (
          <>
            <ButtonLink size="sm" variant="primary" href="/sign-up?return_to=/">
              Sign up and keep it
            </ButtonLink>
            <ButtonLink size="sm" href="/sign-in?return_to=/">
              Sign in
            </ButtonLink>
          </>
        ) : (
          <>
            {limit.upgrade_to && (
              <ButtonLink size="sm" variant="primary" href={`/pricing?plan=${encodeURIComponent(limit.upgrade_to)}`}>
                See what {nameOf(limit.upgrade_to)} offers
              </ButtonLink>
            )}
            <ButtonLink size="sm" href={busy ? "/library" : "/usage"}>
              {busy ? "See what runs" : "See your usage"}
            </ButtonLink>
          </>
        )}
      </div>
    </div>
  );
}

function heading(limit: PlanLimitProblem): string {
  if (limit.limit_name === "active_jobs") {
    return `${limit.used} of ${limit.limit} jobs run already`;
  }
  const what = limit.format ? names([limit.format]) : "pieces";
  return `All ${limit.limit} ${what} of this month are used`;
}
