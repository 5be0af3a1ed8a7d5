"use client";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { ApiError } from "@/lib/api/error";
import type { Format } from "@/lib/api/types";
import { randomKey } from "@/lib/random-key";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ErrorPanel } from "@/ui/error-panel";
import { Field, Textarea } from "@/ui/field";
import { FORMAT_NAMES } from "../formats";
import { LimitPrompt } from "../limit-prompt";
import { regenerate } from "./calls";

const IDEAS = ["Shorter", "Warmer", "Begin with a question", "A concrete example", "Plainer words"];

type Props = {
  open: boolean;
  jobId: string;
  format: Format;
  onClose: () => void;
  onStarted: (revisionId: string) => void;
};

/** Asks what shall be different, and has the piece written anew. */
export function RedoDialog({ open, jobId, format, onClose, onStarted }: Props) {
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const key = useRef<{ of: string; key: string } | null>(null);

  const start = async (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) {
      return;
    }
    setBusy(true);
    setError(null);
    if (key.current?.of !== note) {
      key.current = { of: note, key: randomKey() };
    }
    try {
      const job = await regenerate(jobId, format, note, key.current.key);
      key.current = null;
      queries.setQueryData(["job", job.id], job);
      setNote("");
      onStarted(job.id);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Redo the ${FORMAT_NAMES[format].toLowerCase()}`}
      description="It becomes a new version and counts as one piece. This version stays, and so do the other pieces."
      footer={
        <>
          <Button onClick={onClose}>Keep it as it is</Button>
          <Button variant="primary" busy={busy} onClick={() => start()}>
            Write it anew
          </Button>
        </>
      }
    >
      <form className="flex flex-col gap-3" onSubmit={start}>
        <Field label="What shall be different?" hint="Leave it empty for another take on the same brief.">
          {(wiring) => (
            <Textarea
              {...wiring}
              rows={3}
              maxLength={1_000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
                  event.preventDefault();
                  void start();
                }
              }}
            />
          )}
        </Field>
        <ul className="flex flex-wrap gap-2" aria-label="Ideas">
          {IDEAS.map((idea) => (
            <li key={idea}>
              <Button
                size="sm"
                className="rounded-full!"
                onClick={() => setNote((now) => (now.trim() ? `${now.trim()}. ${idea}` : idea))}
              >
                {idea}
              </Button>
            </li>
          ))}
        </ul>
        {error !== null &&
          (error instanceof ApiError && error.planLimit ? (
            <LimitPrompt limit={error.planLimit} detail={error.detail} />
          ) : (
            <ErrorPanel
              error={error}
              what="It could not be started"
              next="Your note is kept."
              onRetry={() => start()}
            />
          ))}
      </form>
    </Dialog>
  );
}
