"use client";
import { PenLine } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { asApiError } from "@/lib/api/error";
import { isOver } from "@/lib/run/state";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { cx } from "@/ui/cx";
import { ErrorPanel } from "@/ui/error-panel";
import { Spinner } from "@/ui/spinner";
import { useToast } from "@/ui/toast";
import { preloadMarkdown } from "../markdown-lazy";
import { openInstead, openJob } from "../open-job";
import { Crew } from "./crew";
import { FormatTabs } from "./format-tabs";
import { Outcome } from "./outcome";
import { StopBar } from "./stop-bar";
import { useRun, useRunPart } from "./use-run";
import { useSpokenStages } from "./use-spoken-stages";
import { useTitle } from "./use-title";

/** A job: the crew at work, or what it has made. */
export function Run({ id }: { id: string }) {
  const { store, job, link, error, stop } = useRun(id);
  const status = useRunPart(store, (state) => state.status);
  const demo = useRunPart(store, (state) => state.demo);
  const toast = useToast();
  const [stopping, setStopping] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const over = isOver(status);
  const known = job !== undefined || status !== "pending";
  useTitle(job && (job.title ?? job.topic));
  useSpokenStages(store);
  useEffect(preloadMarkdown, []);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (job?.revises) {
      openInstead(job.revises.job_id); // a revision has no page of its own: it is watched where its piece is
    }
  }, [job]);

  const onStop = async () => {
    setStopping(true);
    try {
      await stop();
    } catch (thrown) {
      toast({ text: `It could not be stopped: ${asApiError(thrown).detail}`, tone: "danger" });
    } finally {
      setStopping(false);
    }
  };

  if (error && (!job || mayNotSee(error))) {
    return <CannotShow error={error} />;
  }
  return (
    <div className={over ? undefined : "max-sm:pb-24"}>
      <div
        className={cx(
          "flex flex-wrap items-start justify-between gap-x-6 gap-y-4",
          // the page follows the text, and Stop must not be left behind
          !over && "lg:sticky lg:top-0 lg:z-10 lg:-my-3 lg:bg-paper lg:py-3 print:static",
        )}
      >
        <div className="min-w-0 flex-1 basis-80">
          <div className="no-print flex flex-wrap items-center gap-2">
            {demo && (
              <Badge
                tone="warn"
                title="No model has written this: the offline writer puts samples together, so that you can try things out"
              >
                Offline sample
              </Badge>
            )}
            {link.state === "retrying" && !over && (
              <Badge tone="neutral">
                <Spinner className="size-3" /> Connection lost. Reconnecting
              </Badge>
            )}
          </div>
          <h1
            ref={heading}
            tabIndex={-1}
            className={cx(
              "title mt-2 line-clamp-3 text-[clamp(1.5rem,1.2rem+1.4vw,2.125rem)] outline-none",
              !over && "lg:line-clamp-2",
            )}
          >
            {job ? (job.title ?? job.topic) : "One moment"}
          </h1>
        </div>
        <div className="no-print flex gap-3">
          {over && (
            <Button icon={<PenLine size={18} aria-hidden="true" />} onClick={() => openJob(null)}>
              New brief
            </Button>
          )}
          {!over && known && <StopBar store={store} busy={stopping} onStop={onStop} />}
        </div>
      </div>
      <Crew store={store} />
      {over && job && <Outcome store={store} job={job} />}
      {job && <FormatTabs store={store} job={job} />}
    </div>
  );
}

/** Signed out meanwhile, or in as somebody else: what was read before is not for who is here now. */
function mayNotSee(error: unknown): boolean {
  return [401, 403, 404].includes(asApiError(error).status);
}

function CannotShow({ error }: { error: unknown }) {
  const { status } = asApiError(error);
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <h1 className="title">{status === 401 ? "Sign in to see this piece" : "This piece cannot be shown"}</h1>
      <ErrorPanel
        error={error}
        what={status === 404 ? "There is no such job in your account" : "The job could not be read"}
        onRetry={status === 404 || status === 401 ? undefined : () => location.reload()}
        next={status === 401 ? "You come back to this piece after that." : undefined}
        action={
          status !== 401 && (
            <Button size="sm" onClick={() => openJob(null)}>
              New brief
            </Button>
          )
        }
      />
    </div>
  );
}
