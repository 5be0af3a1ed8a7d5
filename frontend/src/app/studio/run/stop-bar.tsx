"use client";
import { Square } from "lucide-react";
import { useEffect } from "react";
import type { RunStore } from "@/lib/run/store";
import { Button } from "@/ui/button";
import { useRunPart } from "./use-run";

type Props = { store: RunStore; busy: boolean; onStop: () => void };

/** Stops the crew, by a click or by Esc. On a phone it stays in reach at the foot of the page. */
export function StopBar({ store, busy, onStop }: Props) {
  const percent = useRunPart(store, (state) => state.percent);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const elsewhere =
        event.defaultPrevented || event.repeat || typing(event) || document.querySelector("dialog[open], [role=menu]");
      if (event.key === "Escape" && !elsewhere && !busy) {
        event.preventDefault();
        onStop();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [busy, onStop]);
  return (
    <div className="flex items-center gap-4 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-30 max-sm:border-t max-sm:border-line max-sm:bg-surface max-sm:px-4 max-sm:py-3 sm:flex-row-reverse">
      <Button
        busy={busy}
        aria-keyshortcuts="Escape"
        icon={<Square size={15} fill="currentColor" aria-hidden="true" />}
        onClick={onStop}
      >
        Stop
      </Button>
      <p className="max-w-60 text-[0.8125rem] leading-snug text-soft sm:text-end">
        <span className="font-semibold text-ink tabular-nums">{percent} %.</span> If you stop, finished pieces are kept
        and count; the rest does not.
      </p>
    </div>
  );
}

/** There Esc leaves off a character or a suggestion, and stops nobody. */
function typing(event: KeyboardEvent): boolean {
  const { target, isComposing } = event;
  return isComposing || (target instanceof Element && !!target.closest("input, textarea, select, [contenteditable]"));
}
