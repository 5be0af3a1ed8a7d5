import { ApiError } from "@/lib/api/error";
import type { Engine } from "@/lib/api/types";

const PAUSE_MS = 10_000;

/** Whether a model answers, and not the offline writer. */
export function isReal(engine: Engine | undefined): boolean {
  return engine?.status === "ready" && !engine.demo;
}

/** When to ask again: for as long as there is something to wait for, and the service knows the question. */
export function askAgainAfter(engine: Engine | undefined, error: unknown): number | false {
  if (isReal(engine) || (error instanceof ApiError && !error.passes && error.status < 500)) {
    return false;
  }
  const wished = error instanceof ApiError ? (error.retryAfter ?? 0) * 1_000 : 0;
  return Math.max(PAUSE_MS, wished);
}

/** The command within a remedy's sentence, else the remedy as it is. */
export function commandIn(remedy: string): string {
  const quoted = /[`"“']([^`"”']+)[`"”']/.exec(remedy)?.[1];
  return quoted ?? /\bollama pull [^\s,;]*[^\s,;.]/.exec(remedy)?.[0] ?? remedy;
}
