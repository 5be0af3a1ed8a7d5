"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { asApiError } from "@/lib/api/error";
import { deletes } from "@/lib/held-deletes";
import { useStatus } from "@/ui/status";
import { useToast } from "@/ui/toast";
import { JOBS_KEY, type Piece, pathOf } from "./jobs";

/** Deletes a piece after a while, with a notice by which it can be taken back; so does Ctrl+Z. */
export function useDeletes(): (piece: Piece, list: HTMLElement | null) => void {
  const toast = useToast();
  const say = useStatus();
  const queries = useQueryClient();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, dialog");
      const undo =
        event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (undo && !typing && deletes.undoLast() !== null) {
        event.preventDefault();
        say("The piece is back");
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [say]);

  return useCallback(
    (piece, list) => {
      const path = pathOf(piece.id);
      const name = shorten(piece.title ?? piece.topic);
      focusBeside(piece.id, list);
      deletes.hold(path, (error) => {
        void queries.invalidateQueries({ queryKey: JOBS_KEY });
        toast({ text: `“${name}” is still there: ${asApiError(error).detail}`, tone: "danger" });
      });
      toast({
        text: `“${name}” deleted`,
        action: {
          label: "Undo",
          onClick: () => say(deletes.undo(path) ? "The piece is back" : "It is too late: the piece is gone"),
        },
        onHeld: (held) => (held ? deletes.pause(path) : deletes.resume(path)),
      });
    },
    [queries, say, toast],
  );
}

/** The focus must not fall off the page with the row that had it. */
function focusBeside(id: string, list: HTMLElement | null): void {
  const row = list?.querySelector(`[data-piece="${id}"]`);
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  const target =
    beside?.querySelector<HTMLElement>("a") ?? document.querySelector<HTMLElement>("main input[type=search]");
  target?.focus();
}

function shorten(text: string): string {
  const points = Array.from(text);
  return points.length > 40 ? `${points.slice(0, 39).join("").trimEnd()}…` : text;
}
