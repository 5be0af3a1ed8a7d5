"use client";
import type { Failure, Format, Job } from "@/lib/api/types";
import type { RunStore } from "@/lib/run/store";
import { useSession } from "@/lib/session/session";
import { Button, ButtonLink } from "@/ui/button";
import { CopyText } from "@/ui/copy-text";
import { briefOf } from "../brief/brief";
import { keepDraft } from "../brief/draft";
import { FORMAT_NAMES } from "../formats";
import { openJob } from "../open-job";
import { useRunPart } from "./use-run";

/** How it ended, where that is not plain to see; and for guests, how to keep it. */
export function Outcome({ store, job }: { store: RunStore; job: Job }) {
  const status = useRunPart(store, (state) => state.status);
  const error = useRunPart(store, (state) => state.error);
  const failures = useRunPart(store, (state) => state.failures);
  const ready = useRunPart(store, (state) => Object.keys(state.artifacts).length);
  const { guest } = useSession();
  const failed = Object.entries(failures) as [Format, Failure][];
  return (
    <div className="no-print mt-5 flex flex-col gap-3 empty:hidden">
      {status === "cancelled" && (
        <p className="rounded-xl border border-line bg-sunken px-5 py-3.5">
          <strong>Stopped.</strong>{" "}
          {ready > 0
            ? `${ready} of ${job.formats.length} pieces were finished: they are kept and count.`
            : "No piece was finished, so nothing counts."}{" "}
          What was written of the rest is kept below.
        </p>
      )}
      {status === "failed" && (
        <div role="alert" className="rounded-xl border border-danger bg-danger-wash px-5 py-4">
          <p className="font-semibold text-danger">The crew could not finish</p>
          <p className="mt-1">{error?.message ?? "The service did not say why."}</p>
          <p className="mt-1 text-soft">
            {error?.retryable
              ? "It usually passes: send the brief again."
              : "Change the brief, or ask whoever runs the service."}{" "}
            What failed does not count. Job <CopyText text={job.id} />
          </p>
          <Button
            size="sm"
            className="mt-3"
            onClick={() => {
              keepDraft(briefOf(job));
              openJob(null);
            }}
          >
            Open this brief again
          </Button>
        </div>
      )}
      {status !== "failed" &&
        failed
          .filter(([, failure]) => failure.code !== "CANCELLED")
          .map(([format, failure]) => (
            <div key={format} role="alert" className="rounded-xl border border-danger bg-danger-wash px-5 py-3.5">
              <p>
                <strong className="text-danger">{FORMAT_NAMES[format]}:</strong> {failure.message} It does not count;
                the other pieces are not touched.
              </p>
            </div>
          ))}
      {guest && ready > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-4 rounded-xl border border-accent bg-accent-wash px-5 py-4">
          <p className="max-w-prose">
            <strong>Keep what the crew has made.</strong> You are here as a guest. With a free account it stays in your
            library.
          </p>
          <ButtonLink
            size="sm"
            variant="primary"
            href={`/sign-up?return_to=${encodeURIComponent(`/studio?job=${job.id}`)}`}
          >
            Sign up and keep it
          </ButtonLink>
        </div>
      )}
    </div>
  );
}
