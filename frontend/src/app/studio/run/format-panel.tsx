"use client";
import type { Format, Job, TaskName } from "@/lib/api/types";
import { isOver, type RunState } from "@/lib/run/state";
import type { RunStore } from "@/lib/run/store";
import { Spinner } from "@/ui/spinner";
import { FORMAT_NAMES, FORMAT_TASKS } from "../formats";
import { Piece } from "../piece/piece";
import { formatState } from "./format-tabs";
import { LiveText } from "./live-text";
import { useRunPart } from "./use-run";

type Props = { store: RunStore; job: Job; format: Format; shown: boolean };

/** A format: the finished piece, else its text as it is written, else what the crew writes now that it will be made of. */
export function FormatPanel({ store, job, format, shown }: Props) {
  const artifact = useRunPart(store, (state) => state.artifacts[format]);
  if (artifact) {
    return <Piece store={store} job={job} stored={artifact} shown={shown} />;
  }
  return shown ? <Unfinished store={store} job={job} format={format} /> : null;
}

function Unfinished({ store, job, format }: Omit<Props, "shown">) {
  const key = useRunPart(store, (state) => writerOf(state, format).join("/"));
  const [task, ownText] = key.split("/") as [TaskName | "", string];
  const agent = useRunPart(store, (state) => state.tasks.find((each) => each.task === task)?.agent ?? "");
  const state = useRunPart(store, (now) => formatState(now, format));
  const over = useRunPart(store, (now) => isOver(now.status));
  const running = useRunPart(store, (now) => now.tasks.find((each) => each.task === task)?.state === "running");
  return (
    <div className="py-6">
      <p className="eyebrow flex items-center gap-2">
        {caption(state, over, agent, ownText === "own", FORMAT_NAMES[format])}
        {!over && task === "" && <Spinner className="size-3.5" />}
      </p>
      <div className={ownText === "own" ? "mt-4" : "mt-4 border-s-2 border-line ps-5 text-soft"}>
        {task !== "" && <LiveText key={task} store={store} task={task} live={running && !over} lang={job.language} />}
      </div>
    </div>
  );
}

function caption(state: string, over: boolean, agent: string, own: boolean, name: string): string {
  if (over) {
    return own
      ? `What was written of the ${name.toLowerCase()} before it ended`
      : `Nothing of the ${name.toLowerCase()} was begun`;
  }
  if (agent === "") {
    return "The crew is about to begin";
  }
  return own && state === "writing" ? `${agent} is writing` : `${agent} works on what this will be made of`;
}

/** Whose text is shown, and whether it is the format's own. */
function writerOf(state: RunState, format: Format): [TaskName | "", "own" | "other"] {
  const written = state.tasks.filter((task) => task.text !== "");
  const own = written.filter((task) => FORMAT_TASKS[format].includes(task.task)).at(-1);
  if (own) {
    return [own.task, "own"];
  }
  if (isOver(state.status)) {
    return ["", "other"];
  }
  const shared = written.filter((task) => ["research", "write", "edit"].includes(task.task)).at(-1);
  return [shared?.task ?? "", "other"];
}
