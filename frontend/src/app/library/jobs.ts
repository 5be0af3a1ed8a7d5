import { api, ok } from "@/lib/api/client";
import type { Format, JobStatus, JobSummary } from "@/lib/api/types";

/** A piece as the library shows it. */
export type Piece = JobSummary;
export type Page = { data: Piece[]; next_cursor: string | null };
export type Filter = { q: string; format: Format | ""; status: JobStatus | "" };

export const NO_FILTER: Filter = { q: "", format: "", status: "" };
export const JOBS_KEY = ["jobs"] as const;

export function pathOf(id: string): string {
  return `/v1/content/jobs/${encodeURIComponent(id)}`;
}

/** The query of a filter, for the service and for the address of the page alike; nothing for what is not chosen. */
export function queryOf({ q, format, status }: Filter): URLSearchParams {
  const query = new URLSearchParams();
  const words = shortened(q.trim());
  for (const [name, value] of Object.entries({ q: words, format, status })) {
    if (value) {
      query.set(name, value);
    }
  }
  return query;
}

const MOST = 200;

/** The service looks for at most 200 characters; what is more would find nothing anyway. */
function shortened(text: string): string {
  const points = Array.from(text);
  return points.length > MOST ? points.slice(0, MOST).join("").trim() : text;
}

export function filterOf(query: URLSearchParams): Filter {
  const one = <T extends string>(name: string, known: readonly T[]): T | "" =>
    known.find((each) => each === query.get(name)) ?? "";
  return {
    q: query.get("q") ?? "",
    format: one("format", ["blog", "social", "audio", "video"]),
    status: one("status", ["pending", "running", "completed", "partial", "failed", "cancelled"]),
  };
}

export function listJobs(filter: Filter, cursor: string | null, signal: AbortSignal): Promise<Page> {
  const chosen = Object.fromEntries(queryOf(filter)) as { q?: string; format?: Format; status?: JobStatus };
  const query = { ...chosen, limit: 20, ...(cursor ? { cursor } : {}) };
  return ok(api.GET("/v1/content/jobs", { params: { query }, signal }));
}

/** An empty title gives the name back to the topic. */
export function renameJob(id: string, title: string): Promise<Piece> {
  const body = { title: title.trim() || null };
  return ok(api.PATCH("/v1/content/jobs/{id}", { params: { path: { id } }, body }));
}
