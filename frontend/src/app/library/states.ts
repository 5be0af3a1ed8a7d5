import type { JobStatus } from "@/lib/api/types";

type Tone = "neutral" | "accent" | "warn" | "danger";

/** How a job stands, in words that people use. */
export const STATES: Record<JobStatus, { text: string; tone: Tone }> = {
  completed: { text: "Ready", tone: "accent" },
  partial: { text: "Partly ready", tone: "warn" },
  running: { text: "Being written", tone: "neutral" },
  pending: { text: "Waiting", tone: "neutral" },
  failed: { text: "Failed", tone: "danger" },
  cancelled: { text: "Stopped", tone: "neutral" },
};
