"use client";
import type { RunStore } from "@/lib/run/store";
import { isNote } from "./format-tabs";
import { LiveText } from "./live-text";
import { useRunPart } from "./use-run";

/** What was written on the way: the researcher's notes and the first draft. */
export function Notes({ store, lang, shown }: { store: RunStore; lang: string; shown: boolean }) {
  const tasks = useRunPart(store, (state) => state.tasks);
  if (!shown) {
    return null;
  }
  return (
    <div className="flex flex-col gap-4 py-6">
      {tasks
        .filter((task) => isNote(task.task) && task.text !== "")
        .map((task) => (
          <details key={task.task} open={task.task === "research"} className="card px-5 py-3">
            <summary className="py-1 font-semibold">
              {task.task === "research" ? "Notes" : "First draft"}{" "}
              <span className="font-normal text-soft">by the {task.agent.toLowerCase()}</span>
            </summary>
            <div className="py-3">
              <LiveText store={store} task={task.task} live={task.state === "running"} lang={lang} />
            </div>
          </details>
        ))}
    </div>
  );
}
