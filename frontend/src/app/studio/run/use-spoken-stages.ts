"use client";
import { useEffect, useRef } from "react";
import type { JobStatus } from "@/lib/api/types";
import { isOver, type RunState } from "@/lib/run/state";
import type { RunStore } from "@/lib/run/store";
import { useStatus } from "@/ui/status";
import { FORMAT_NAMES } from "../formats";

const ENDS: Partial<Record<JobStatus, string>> = {
  completed: "The crew has finished all pieces.",
  partial: "The crew has finished, but not every piece came about.",
  failed: "The crew could not finish.",
  cancelled: "Stopped.",
};

/** Says to screen readers when an agent begins or a piece is ready, and how it ended; never what streams, nor what is only replayed. */
export function useSpokenStages(store: RunStore): void {
  const say = useStatus();
  const told = useRef<RunState | null>(null);
  useEffect(() => {
    const settled = setTimeout(() => {
      told.current = store.get();
    }, 800);
    const unsubscribe = store.subscribe(() => {
      const before = told.current;
      const now = store.get();
      if (!before || before === now) {
        return;
      }
      const news = changes(before, now);
      if (news) {
        say(news);
      }
      told.current = now;
    });
    return () => {
      clearTimeout(settled);
      unsubscribe();
    };
  }, [say, store]);
}

export function changes(before: RunState, now: RunState): string {
  if (before.tasks === now.tasks && before.artifacts === now.artifacts && before.status === now.status) {
    return "";
  }
  const begun = now.tasks.filter(
    (task) => task.state === "running" && before.tasks.find((each) => each.task === task.task)?.state !== "running",
  );
  const ready = Object.values(now.artifacts).filter((each) => before.artifacts[each.format] !== each);
  const end = isOver(now.status) && before.status !== now.status ? ENDS[now.status] : undefined;
  return [
    ...ready.map((each) => `${FORMAT_NAMES[each.format]} is ready.`),
    ...begun.map((task) => `${task.agent} is at work.`),
    ...(end ? [end] : []),
  ].join(" ");
}
