"use client";
import { type RefObject, useEffect, useRef, useState } from "react";
import { asApiError } from "@/lib/api/error";
import type { Job, StoredArtifact } from "@/lib/api/types";
import type { RunStore } from "@/lib/run/store";
import { Button } from "@/ui/button";
import { useToast } from "@/ui/toast";
import { PieceBody } from "./body";
import { restore } from "./calls";
import { Editor } from "./editor";
import { Facts } from "./facts";
import { type Edit, forgetEdit, keptEdit } from "./kept-edit";
import { RedoDialog } from "./redo-dialog";
import { Revision } from "./revision";
import { takeFocus } from "./take-focus";
import { Toolbar } from "./toolbar";
import { useOpenRevision } from "./use-open-revision";
import { VersionsDialog } from "./versions-dialog";

type Props = { store: RunStore; job: Job; stored: StoredArtifact; shown: boolean };

/** A finished piece: to read, take away, change, have written anew, and to go back from all that. */
export function Piece({ store, job, stored, shown }: Props) {
  const { format } = stored;
  const [mode, setMode] = useState<"read" | "edit">("read");
  const [dialog, setDialog] = useState<"redo" | "versions" | null>(null);
  const [revision, setRevision] = useOpenRevision(job, format, shown);
  const [kept, setKept] = useState<Edit | null>(null);
  const toast = useToast();
  const edit = useRef<HTMLButtonElement>(null);
  const redo = useRef<HTMLButtonElement>(null);
  const left = useRef<RefObject<HTMLButtonElement | null> | null>(null);

  useEffect(() => {
    if (mode === "read") {
      setKept(keptEdit(job.id, format));
    }
  }, [format, job.id, mode]);

  // The toolbar goes away meanwhile: whoever comes back finds the button again that led away from it.
  useEffect(() => {
    if (mode === "edit") {
      left.current = edit;
    } else if (revision) {
      left.current = redo;
    } else if (left.current) {
      takeFocus(left.current.current);
      left.current = null;
    }
  }, [mode, revision]);

  /** Shows a version that has just come about, and offers the way back. */
  const show = (next: StoredArtifact, text: string, back: number | null) => {
    store.put(next);
    toast({
      text,
      action:
        back === null
          ? undefined
          : {
              label: "Undo",
              onClick: () => {
                restore(job.id, format, back).then(
                  (undone) => show(undone, `Version ${back} is back, as version ${undone.version}`, null),
                  (error) => toast({ text: asApiError(error).detail, tone: "danger" }),
                );
              },
            },
    });
  };

  if (mode === "edit") {
    return (
      <Editor
        jobId={job.id}
        stored={stored}
        lang={job.language}
        kept={kept}
        onCancel={() => setMode("read")}
        onSaved={(next, back) => {
          setMode("read");
          if (next.version === back) {
            show(next, "Nothing was changed", null);
          } else {
            show(next, back === null ? `This is version ${next.version}` : `Saved as version ${next.version}`, back);
          }
        }}
      />
    );
  }
  return (
    <div className="pt-4 pb-6">
      {revision ? (
        <Revision
          id={revision}
          lang={job.language}
          shown={shown}
          onDone={(next) => {
            setRevision(null);
            if (next) {
              show(next, `Version ${next.version} is ready`, stored.version);
            }
          }}
        />
      ) : (
        <>
          {kept && (
            <Kept
              onGoOn={() => setMode("edit")}
              onDiscard={() => {
                forgetEdit(job.id, format);
                setKept(null);
                edit.current?.focus();
              }}
            />
          )}
          <Toolbar
            job={job}
            stored={stored}
            edit={edit}
            redo={redo}
            onEdit={() => setMode("edit")}
            onRedo={() => setDialog("redo")}
            onVersions={() => setDialog("versions")}
          />
          <Facts stored={stored} />
          <PieceBody stored={stored} lang={job.language} />
        </>
      )}
      <RedoDialog
        open={dialog === "redo"}
        jobId={job.id}
        format={format}
        onClose={() => setDialog(null)}
        onStarted={(id) => {
          setDialog(null);
          setRevision(id);
        }}
      />
      {dialog === "versions" && (
        <VersionsDialog
          jobId={job.id}
          stored={stored}
          onClose={() => setDialog(null)}
          onRestored={(next) => {
            setDialog(null);
            show(next, `That text is back, as version ${next.version}`, stored.version);
          }}
        />
      )}
    </div>
  );
}

/** What was typed before, and left without being saved. */
function Kept({ onGoOn, onDiscard }: { onGoOn: () => void; onDiscard: () => void }) {
  return (
    <div className="no-print mb-4 flex flex-wrap items-center justify-between gap-3 rounded-xl border border-warn bg-warn-wash px-5 py-3">
      <p className="font-semibold text-warn">You have changed this piece and not saved it</p>
      <div className="flex flex-wrap gap-3">
        <Button size="sm" onClick={onGoOn}>
          Go on editing
        </Button>
        <Button size="sm" variant="quiet" onClick={onDiscard}>
          Discard changes
        </Button>
      </div>
    </div>
  );
}
