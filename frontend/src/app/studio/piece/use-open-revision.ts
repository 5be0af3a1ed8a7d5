"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "@/lib/api/client";
import type { Format, Job } from "@/lib/api/types";
import { isOver } from "@/lib/run/state";

/** The job that writes a piece anew at the moment: one that was begun here, or, after a reload, one that still runs. */
export function useOpenRevision(
  job: Job,
  format: Format,
  shown: boolean,
): [string | null, (id: string | null) => void] {
  const [own, setOwn] = useState<string | null | undefined>(undefined);
  const { data } = useQuery({
    queryKey: ["job", job.id, "revisions"],
    queryFn: () => ok(api.GET("/v1/content/jobs", { params: { query: { revises: job.id } } })),
    enabled: shown && own === undefined && isOver(job.status),
    refetchOnWindowFocus: false,
    retry: false,
  });
  const open = data?.data.find((each) => each.revises?.format === format && !isOver(each.status));
  return [own === undefined ? (open?.id ?? null) : own, setOwn];
}
