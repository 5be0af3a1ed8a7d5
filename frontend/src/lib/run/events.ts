import type { Failure, Format, JobStatus, StoredArtifact, TaskName, TaskState } from "@/lib/api/types";

type Agent = { task: TaskName; agent: string; format: Format | null };
type Results = Partial<Record<Format, { status: "open" | "ready" | "failed"; error?: Failure }>>;

/** What a job's stream says, as docs/openapi.yaml has it (`Event`). */
export type JobEvent = { job_id: string; seq: number; at: string; demo?: boolean } & (
  | { type: "job_started"; engine: string; model: string; tasks: Agent[] }
  | ({ type: "task_started" } & Agent)
  | { type: "text_delta"; task: TaskName; format: Format | null; offset: number; text: string }
  | ({ type: "task_completed"; tokens: { input: number; output: number }; took_ms: number } & Agent)
  | ({ type: "task_restarted"; reason: string } & Agent)
  | ({ type: "artifact_ready" } & StoredArtifact)
  | { type: "artifact_failed"; format: Format; error: Failure }
  | { type: "snapshot"; texts: (Agent & { state: TaskState; text: string })[] }
  | { type: "progress"; done: number; total: number; percent: number; task?: TaskName; queued_behind?: number }
  | { type: "complete"; status: JobStatus; results: Results }
  | { type: "error"; status: JobStatus; error: Failure; results: Results }
  | { type: "cancelled"; status: JobStatus; results: Results }
);

/** All names; the stream is listened to by each. */
export const EVENT_TYPES = [
  "job_started",
  "task_started",
  "text_delta",
  "task_completed",
  "task_restarted",
  "artifact_ready",
  "artifact_failed",
  "snapshot",
  "progress",
  "complete",
  "error",
  "cancelled",
] as const satisfies readonly JobEvent["type"][];

/** Reads the data of an event; null if it is none of ours (a later service may say more than we know). */
export function parseEvent(data: string): JobEvent | null {
  try {
    const event = JSON.parse(data) as JobEvent;
    return EVENT_TYPES.includes(event.type) && Number.isSafeInteger(event.seq) ? event : null;
  } catch {
    return null;
  }
}
