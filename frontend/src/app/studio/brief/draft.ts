"use client";
import { useEffect, useRef, useState } from "react";
import { useAlive } from "@/lib/alive";
import { FORMATS, type Format } from "@/lib/api/types";
import { DRAFT_KEY, keptIn, onForgotten } from "@/lib/kept";
import { type Brief, LANGUAGES, LENGTHS, sample, TONES } from "./brief";

/** The brief that is being written. It is kept in this browser, so that nothing typed is lost by a reload, a refusal or a sign-up. */
export function useDraft(): [Brief, (change: Partial<Brief>) => void] {
  const alive = useAlive();
  // Where the page was made before, it first looks as it was made; who comes back within it is shown the draft at once
  const [brief, setBrief] = useState<Brief>(() => (alive ? keptDraft() : null) ?? sample(0));
  const touched = useRef(alive);
  useEffect(() => {
    if (!touched.current) {
      const kept = keptDraft();
      if (kept) {
        setBrief(kept);
      }
    }
  }, []);
  useEffect(() => onForgotten(() => setBrief(sample(0))), []);
  const latest = useRef(brief);
  latest.current = brief;
  const change = (part: Partial<Brief>) => {
    touched.current = true;
    const next = { ...latest.current, ...part }; // what is changed later, as by an Undo, leaves what was typed since
    latest.current = next;
    setBrief(next);
    keepDraft(next);
  };
  return [brief, change];
}

/** Keeps a brief: the form is filled with it when it is there again. */
export function keepDraft(brief: Brief): void {
  try {
    keptIn("local")?.setItem(DRAFT_KEY, JSON.stringify(brief));
  } catch {
    // no room, or a private window: what is being written is still in the form
  }
}

function keptDraft(): Brief | null {
  return readDraft(keptIn("local")?.getItem(DRAFT_KEY) ?? null);
}

/** Reads what an older page may have kept: what does not fit is left at its default. */
export function readDraft(kept: string | null): Brief | null {
  if (kept === null) {
    return null;
  }
  let read: Partial<Record<keyof Brief, unknown>>;
  try {
    read = JSON.parse(kept) as typeof read;
  } catch {
    return null;
  }
  if (typeof read !== "object" || read === null || typeof read.topic !== "string") {
    return null;
  }
  const usual = sample(0);
  const oneOf = (value: unknown, all: readonly string[], otherwise: string) =>
    typeof value === "string" && all.includes(value) ? value : otherwise;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    topic: read.topic,
    formats: Array.isArray(read.formats)
      ? FORMATS.filter((each: Format) => (read.formats as unknown[]).includes(each))
      : FORMATS,
    tone: oneOf(read.tone, TONES, usual.tone),
    length: oneOf(read.length, LENGTHS, usual.length),
    language: oneOf(
      read.language,
      LANGUAGES.map(([tag]) => tag),
      usual.language,
    ),
    audience: text(read.audience),
    brandVoice: text(read.brandVoice),
  };
}
