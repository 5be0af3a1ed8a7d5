"use client";
import { Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { asApiError } from "@/lib/api/error";
import type { StoredArtifact } from "@/lib/api/types";
import { isOver } from "@/lib/run/state";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { Spinner } from "@/ui/spinner";
import { useStatus } from "@/ui/status";
import { useToast } from "@/ui/toast";
import { LiveText } from "../run/live-text";
import { useRun, useRunPart } from "../run/use-run";
import { takeFocus } from "./take-focus";

type Props = {
  id: string;
  lang: string;
  /** Whether it is in sight */
  shown: boolean;
  /** With the new version, or null if none came about */
  onDone: (next: StoredArtifact | null) => void;
};

/** A piece while it is written anew, in the place of the old version, which comes back if this is stopped or fails. */
export function Revision({ id, lang, shown, onDone }: Props) {
  const { store, error, broken, stop } = useRun(id, shown);
  const task = useRunPart(store, (state) => state.tasks[0]?.task);
  const agent = useRunPart(store, (state) => state.tasks[0]?.agent ?? "");
  const status = useRunPart(store, (state) => state.status);
  const failure = useRunPart(store, (state) => state.error);
  const artifact = useRunPart(store, (state) => Object.values(state.artifacts)[0]);
  const [stopping, setStopping] = useState(false);
  const toast = useToast();
  const say = useStatus();
  const done = useRef(onDone);
  done.current = onDone;
  const over = isOver(status);
  const caption = useRef<HTMLParagraphElement>(null);
  useEffect(() => takeFocus(caption.current), []);

  useEffect(() => {
    if (artifact) {
      say(`Version ${artifact.version} is ready.`);
      done.current(artifact);
    } else if (status === "cancelled") {
      say("Stopped.");
      toast({ text: "Stopped. Your piece is as it was, and nothing counts" });
      done.current(null);
    }
  }, [artifact, say, status, toast]);

  const onStop = () => {
    setStopping(true);
    stop().catch((thrown) => {
      setStopping(false);
      toast({ text: asApiError(thrown).detail, tone: "danger" });
    });
  };
  const failed = broken || (over && !artifact && status !== "cancelled");
  const told = useRef(false);
  useEffect(() => {
    if (failed && !told.current) {
      told.current = true;
      if (!shown) {
        toast({ text: "A piece was not written anew: its tab says why", tone: "danger" });
      }
    }
  }, [failed, shown, toast]);
  if (failed) {
    return (
      <ErrorPanel
        error={(broken && error) || new Error(failure?.message ?? "The new version did not come about.")}
        what="The piece was not written anew"
        next="It is as it was, and nothing counts."
        action={
          <Button size="sm" onClick={() => onDone(null)}>
            Back to the piece
          </Button>
        }
      />
    );
  }
  return (
    <div>
      <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line pb-4">
        <p ref={caption} tabIndex={-1} className="eyebrow flex items-center gap-2 outline-none">
          <Spinner className="size-3.5 text-accent" />{" "}
          {agent ? `${agent} is writing it anew` : "About to be written anew"}
        </p>
        <Button
          size="sm"
          busy={stopping}
          icon={<Square size={13} fill="currentColor" aria-hidden="true" />}
          onClick={onStop}
        >
          Stop
        </Button>
      </div>
      <div className="mt-6">{task && <LiveText store={store} task={task} live={!over} lang={lang} />}</div>
    </div>
  );
}
