"use client";
import { Check, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Format, Job } from "@/lib/api/types";
import { isOver, type RunState } from "@/lib/run/state";
import type { RunStore } from "@/lib/run/store";
import { Spinner } from "@/ui/spinner";
import { Tabs } from "@/ui/tabs";
import { FORMAT_NAMES, FORMAT_TASKS } from "../formats";
import { FormatPanel } from "./format-panel";
import { Notes } from "./notes";
import { useRunPart } from "./use-run";

type FormatState = "ready" | "writing" | "failed" | "stopped" | "waiting";

/** One tab for each format, and one for what the crew wrote on the way. */
export function FormatTabs({ store, job }: { store: RunStore; job: Job }) {
  const [selected, setSelected] = useState<string>(job.formats[0] ?? "blog");
  const hasNotes = useRunPart(store, (state) => state.tasks.some((task) => isNote(task.task) && task.text !== ""));
  const tabs = job.formats.map((format) => ({
    id: format as string,
    label: <TabLabel store={store} format={format} />,
    content: <FormatPanel store={store} job={job} format={format} shown={selected === format} />,
  }));
  if (hasNotes) {
    tabs.push({
      id: "notes",
      label: <span>Notes</span>,
      content: <Notes store={store} lang={job.language} shown={selected === "notes"} />,
    });
  }
  return (
    <div className="mt-6">
      <Tabs label="Pieces" tabs={tabs} selected={selected} onSelect={setSelected} />
    </div>
  );
}

export function isNote(task: string): boolean {
  return task === "research" || task === "write";
}

function TabLabel({ store, format }: { store: RunStore; format: Format }) {
  const state = useRunPart(store, (now) => formatState(now, format));
  return (
    <>
      {FORMAT_NAMES[format]}
      {state === "ready" && <Check size={16} aria-hidden="true" className="text-accent" />}
      {state === "writing" && <Spinner className="size-3.5 text-accent" />}
      {state === "failed" && <TriangleAlert size={15} aria-hidden="true" className="text-danger" />}
      <span className="sr-only">, {state}</span>
    </>
  );
}

export function formatState(state: RunState, format: Format): FormatState {
  if (state.artifacts[format]) {
    return "ready";
  }
  const tasks = state.tasks.filter((task) => FORMAT_TASKS[format].includes(task.task));
  if (state.failures[format] && state.failures[format]?.code !== "CANCELLED") {
    return "failed";
  }
  if (isOver(state.status)) {
    return state.status === "failed" ? "failed" : "stopped";
  }
  return tasks.some((task) => task.state === "running") ? "writing" : "waiting";
}
