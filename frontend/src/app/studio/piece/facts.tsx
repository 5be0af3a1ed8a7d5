import { Info } from "lucide-react";
import type { Measures, StoredArtifact } from "@/lib/api/types";
import { dateTime, useReader } from "@/lib/format";
import { Badge } from "@/ui/badge";
import { minutes } from "../time";

const ORIGINS = {
  written: "Written",
  revised: "Written anew",
  edited: "Edited by you",
  restored: "Taken up again",
} as const;

/** Who wrote it, when, how long it is, and what to mind. The figures are the service's. */
export function Facts({ stored }: { stored: StoredArtifact }) {
  const reader = useReader();
  const measures: Measures | undefined = stored.measures;
  const facts = [
    `${ORIGINS[stored.origin] ?? ORIGINS.written} ${dateTime(stored.created_at, reader)}`,
    ...(stored.origin === "edited" ? [] : [`by ${stored.model}${stored.cached ? ", from an equal brief" : ""}`]),
    ...(measures ? [`${measures.words.toLocaleString("en")} words`] : []),
    ...(measures?.seconds != null
      ? [`${minutes(measures.seconds)} to ${stored.format === "blog" ? "read" : "speak"}`]
      : []),
  ];
  return (
    <div className="no-print mt-3.5 flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-soft">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {stored.demo && stored.origin !== "edited" && <Badge tone="warn">Offline sample</Badge>}
      </p>
      {stored.note && <p className="text-sm text-soft">You asked for: {stored.note}</p>}
      <p className="flex items-start gap-2 text-sm text-soft">
        <Info size={15} aria-hidden="true" className="mt-0.5 shrink-0" />
        {stored.demo
          ? "A sample of how a piece looks; no model was asked."
          : "Models make things up. Check names, figures and quotes before you publish."}
      </p>
      {stored.notes.length > 0 && (
        <ul className="flex flex-col gap-1 rounded-lg bg-warn-wash px-4 py-2.5 text-sm text-warn">
          {stored.notes.map((note) => (
            <li key={`${note.check} ${note.message}`}>{note.message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
