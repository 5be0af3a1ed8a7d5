"use client";
import { useQuery } from "@tanstack/react-query";
import { api, ok } from "@/lib/api/client";
import { FORMATS, type Usage as UsageData } from "@/lib/api/types";
import { exactly, useReader } from "@/lib/format";
import { RequireUser } from "@/lib/session/require-user";
import { useTiers } from "@/lib/tiers";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { cx } from "@/ui/cx";
import { ErrorPanel } from "@/ui/error-panel";
import { Loading } from "@/ui/loading";
import { Meter } from "@/ui/meter";
import { jobsText, meterOf, pressureOf } from "./meters";

export function Usage() {
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <h1 className="title">Usage</h1>
      <RequireUser what="what you have used">{(_, guest) => <Meters guest={guest} />}</RequireUser>
    </div>
  );
}

function Meters({ guest }: { guest: boolean }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["usage"],
    queryFn: () => ok(api.GET("/v1/usage")),
    // what is being written settles by itself, and so should the page
    refetchInterval: ({ state }) => (state.data?.active_jobs ? 5_000 : false),
  });
  const reader = useReader();
  const { nameOf } = useTiers();
  if (!data) {
    return error ? (
      <ErrorPanel error={error} what="Your usage could not be loaded" onRetry={refetch} />
    ) : (
      <Loading what="your usage" rows={4} />
    );
  }
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-lg text-soft">
        <span>
          Plan: <strong className="text-ink">{guest ? "Guest" : nameOf(data.tier)}</strong>
        </span>
        {!guest && (
          <span>
            Counts anew on <time dateTime={data.resets_at}>{exactly(data.resets_at, reader)}</time>
          </span>
        )}
      </p>
      <Prompt usage={data} guest={guest} />
      <ul className="card flex flex-col gap-6 p-5 sm:p-6">
        {FORMATS.map((format) => {
          const meter = meterOf(format, data, reader);
          return (
            <li key={format}>
              {meter.max === null ? (
                <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm">
                  <span className="font-semibold">{meter.name}</span>
                  <span className="flex items-center gap-3 text-soft">
                    {meter.text} <Badge tone="accent">Unlimited</Badge>
                  </span>
                </div>
              ) : (
                <Meter label={meter.name} value={meter.value} max={meter.max} text={meter.text} />
              )}
            </li>
          );
        })}
      </ul>
      <p className="text-soft">
        Being written now: {jobsText(data)}. A piece counts when it is ready; one that fails, or that you stop, does
        not.
      </p>
    </>
  );
}

function Prompt({ usage, guest }: { usage: UsageData; guest: boolean }) {
  const pressure = pressureOf(usage);
  const { above } = useTiers();
  if (guest) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-4 rounded-xl bg-accent-wash px-5 py-4">
        <p>You write as a guest: one piece of each format. With a free account there are more, and they are kept.</p>
        <ButtonLink href="/sign-up?return_to=%2Fusage" variant="primary">
          Sign up
        </ButtonLink>
      </div>
    );
  }
  if (pressure.level === "none") {
    return null;
  }
  const next = above(usage.tier);
  return (
    <div
      className={cx(
        "flex flex-wrap items-center justify-between gap-4 rounded-xl px-5 py-4",
        pressure.level === "full" ? "bg-danger-wash" : "bg-warn-wash",
      )}
    >
      <p className="min-w-0 flex-1 basis-64">
        <strong className={pressure.level === "full" ? "text-danger" : "text-warn"}>{pressure.text}</strong>{" "}
        {next ? `${next.name} gives you more at once; what you have written stays as it is.` : ""}
      </p>
      {next && (
        <ButtonLink href="/pricing" variant="primary">
          See the plans
        </ButtonLink>
      )}
    </div>
  );
}
