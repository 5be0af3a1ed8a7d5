import type { Artifact, Format } from "@/lib/api/types";
import { editKey, keptIn } from "@/lib/kept";
import { EDITOR_FIELDS } from "./form-model";

/** What was typed into a piece and is not saved, and the version that it changes. */
export type Edit = { base: number; artifact: Artifact };

/** Keeps an edit for as long as this tab is there, so that no way out of the editor loses it: a link, the way back, a sign-in. */
export function keepEdit(jobId: string, format: Format, edit: Edit): void {
  try {
    keptIn("session")?.setItem(editKey(jobId, format), JSON.stringify(edit));
  } catch {
    // no room: the form itself still holds it
  }
}

export function forgetEdit(jobId: string, format: Format): void {
  keptIn("session")?.removeItem(editKey(jobId, format));
}

/** The edit that is kept of a piece; none if it is not one that the editor could show. */
export function keptEdit(jobId: string, format: Format): Edit | null {
  const kept = keptIn("session")?.getItem(editKey(jobId, format)) ?? null;
  try {
    const { base, artifact } = JSON.parse(kept ?? "null") as { base: unknown; artifact: Record<string, unknown> };
    const whole = EDITOR_FIELDS[format].every(({ key, kind }) =>
      kind === "text" ? typeof artifact[key] === "string" : Array.isArray(artifact[key]),
    );
    return whole && typeof base === "number" ? { base, artifact: artifact as unknown as Artifact } : null;
  } catch {
    return null;
  }
}
