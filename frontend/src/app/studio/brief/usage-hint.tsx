"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { api, ok } from "@/lib/api/client";
import type { Format, Usage } from "@/lib/api/types";
import { date, names, useReader } from "@/lib/format";
import { useSession } from "@/lib/session/session";

/** Says it when a chosen format is nearly used up (80 %), before a refusal would. */
export function UsageHint({ formats }: { formats: readonly Format[] }) {
  const { user, guest } = useSession();
  const reader = useReader();
  const { data } = useQuery({ queryKey: ["usage"], queryFn: () => ok(api.GET("/v1/usage")), enabled: Boolean(user) });
  if (user === null) {
    return <p className="text-sm text-soft">The first piece of each format needs no account.</p>;
  }
  const scarce = data && !guest ? formats.filter((format) => isScarce(data, format)) : [];
  const first = scarce[0];
  if (!data || !first) {
    return null;
  }
  return (
    <p className="text-sm text-warn">
      {data.formats[first].remaining} of {data.formats[first].limit} {names([first])} left until{" "}
      {date(data.resets_at, reader)}.{" "}
      <Link className="underline underline-offset-4" href="/usage">
        Your usage
      </Link>
    </p>
  );
}

function isScarce(usage: Usage, format: Format): boolean {
  const { limit, remaining } = usage.formats[format];
  return limit !== null && remaining !== null && limit > 0 && remaining <= limit * 0.2;
}
