"use client";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";
import { useToast } from "@/ui/toast";
import type { Brief } from "../brief/brief";
import { LONGEST_NAME, named, type Preset, savePreset } from "./presets";
import { summary } from "./summary";

type Props = { userId: string; brief: Brief; presets: readonly Preset[]; onClose: () => void };

/** Gives the settings of now a name. */
export function SavePreset({ userId, brief, presets, onClose }: Props) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const toast = useToast();
  const old = named(presets, name);
  useEffect(() => input.current?.focus(), []);

  const save = (event?: FormEvent) => {
    event?.preventDefault();
    const wrong = savePreset(userId, name, brief);
    setProblem(wrong);
    if (wrong) {
      input.current?.focus();
      return;
    }
    toast({ text: `${old ? "Replaced" : "Saved as"} ${name.trim()}` });
    onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Save these settings"
      description={
        <>
          <p>{summary(brief)}. The brief itself is not part of it.</p>
          <p className="mt-2">Kept in this browser for your account only, also while you are signed out.</p>
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button variant="primary" onClick={() => save()}>
            {old ? "Replace it" : "Save"}
          </Button>
        </>
      }
    >
      <form method="post" noValidate onSubmit={save}>
        <Field
          label="Name"
          required
          error={problem ?? undefined}
          hint={old ? `There is a preset ${old.name}: it is replaced.` : undefined}
        >
          {(wiring) => (
            <Input
              {...wiring}
              ref={input}
              value={name}
              maxLength={LONGEST_NAME}
              autoComplete="off"
              onChange={(event) => {
                setName(event.target.value);
                setProblem(null);
              }}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
