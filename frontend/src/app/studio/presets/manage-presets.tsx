"use client";
import { type FormEvent, useRef, useState } from "react";
import { focusOnMount } from "@/lib/focus-on-mount";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { LONGEST_NAME, MOST, type Preset, putBack, removePreset, renamePreset } from "./presets";
import { summary } from "./summary";

type Props = { userId: string; presets: readonly Preset[]; onClose: () => void };

/** Renames and deletes presets. What was deleted last can be brought back for as long as this is open. */
export function ManagePresets({ userId, presets, onClose }: Props) {
  const [renaming, setRenaming] = useState<string | null>(null);
  const [gone, setGone] = useState<{ preset: Preset; at: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const rows = useRef<HTMLUListElement>(null);
  const back = (id: string) =>
    requestAnimationFrame(() => rows.current?.querySelector<HTMLElement>(`[data-rename="${id}"]`)?.focus());

  return (
    <Dialog open onClose={onClose} title="Presets" description={`${presets.length} of ${MOST}, kept in this browser.`}>
      <ul ref={rows} aria-label="Presets" className="flex flex-col divide-y divide-line empty:hidden">
        {presets.map((preset, at) => (
          <li key={preset.id} className="py-3 first:pt-0">
            {renaming === preset.id ? (
              <Rename
                userId={userId}
                preset={preset}
                onDone={() => {
                  setRenaming(null);
                  back(preset.id);
                }}
              />
            ) : (
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <div className="min-w-0 flex-1 basis-48">
                  <p className="font-medium break-words">{preset.name}</p>
                  <p className="text-sm text-soft">{summary(preset)}</p>
                </div>
                <div className="flex gap-2">
                  <Button
                    size="sm"
                    data-rename={preset.id}
                    aria-label={`Rename ${preset.name}`}
                    onClick={() => setRenaming(preset.id)}
                  >
                    Rename
                  </Button>
                  <Button
                    size="sm"
                    variant="danger"
                    aria-label={`Delete ${preset.name}`}
                    onClick={() => {
                      const wrong = removePreset(userId, preset.id);
                      setProblem(wrong);
                      setGone(wrong ? null : { preset, at });
                    }}
                  >
                    Delete
                  </Button>
                </div>
              </div>
            )}
          </li>
        ))}
      </ul>
      <div role="status" className="empty:hidden">
        {problem && <p className="text-danger">{problem}</p>}
        {gone && (
          <p className="flex flex-wrap items-center justify-between gap-3 rounded-xl bg-sunken py-2 ps-4 pe-2">
            <span className="min-w-0 break-words">{gone.preset.name} is deleted</span>
            <Button
              key={gone.preset.id}
              ref={focusOnMount} // the button that had the focus is gone with its row
              size="sm"
              onClick={() => {
                setProblem(putBack(userId, gone.preset, gone.at));
                setGone(null);
                back(gone.preset.id);
              }}
            >
              Undo
            </Button>
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Rename({ userId, preset, onDone }: { userId: string; preset: Preset; onDone: () => void }) {
  const [name, setName] = useState(preset.name);
  const [problem, setProblem] = useState<string | null>(null);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const wrong = renamePreset(userId, preset.id, name);
    setProblem(wrong);
    if (!wrong) {
      onDone();
    }
  };
  return (
    <form method="post" noValidate className="flex flex-col gap-3" onSubmit={save}>
      <Field label={`New name of ${preset.name}`} required error={problem ?? undefined}>
        {(wiring) => (
          <Input
            {...wiring}
            ref={focusOnMount}
            value={name}
            maxLength={LONGEST_NAME}
            autoComplete="off"
            onChange={(event) => {
              setName(event.target.value);
              setProblem(null);
            }}
            onKeyDown={(event) => {
              if (event.key === "Escape") {
                event.preventDefault(); // leaves the name alone, not the dialog
                event.stopPropagation();
                onDone();
              }
            }}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button size="sm" type="submit" variant="primary">
          Save
        </Button>
        <Button size="sm" onClick={onDone}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
