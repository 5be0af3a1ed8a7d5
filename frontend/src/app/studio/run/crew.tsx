"use client";
import { Ban, Check, CircleDashed, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import type { TaskState } from "@/lib/api/types";
import type { TaskRun } from "@/lib/run/state";
import type { RunStore } from "@/lib/run/store";
import { cx } from "@/ui/cx";
import { Spinner } from "@/ui/spinner";
import { seconds } from "../time";
import { useRunPart } from "./use-run";

const WORDS: Record<TaskState, string> = {
  waiting: "Waits",
  running: "Writing",
  done: "Done",
  failed: "Failed",
  cancelled: "Stopped",
};
/** Those who come after one another; whoever is in none of these works beside the others at the end. */
const IN_TURN = new Set(["research", "write", "edit"]);

/** The crew: those who take turns one after another, then the specialists side by side. */
export function Crew({ store }: { store: RunStore }) {
  const names = useRunPart(store, (state) => state.tasks.map((task) => task.task).join(" "));
  if (names === "") {
    return <div className="mt-6 h-24" />;
  }
  const all = names.split(" ");
  const inTurn = all.filter((name) => IN_TURN.has(name));
  const beside = all.filter((name) => !IN_TURN.has(name));
  return (
    <section aria-label="The crew" className="no-print mt-6">
      <ol className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-surface sm:grid-cols-3 lg:flex">
        {inTurn.map((name) => (
          <li key={name} className="flex-1 shadow-[0_0_0_1px_var(--line)]">
            <Agent store={store} name={name} />
          </li>
        ))}
        {beside.length > 0 && (
          <li style={{ flexGrow: beside.length }} className="col-span-full basis-0">
            <ul
              aria-label={beside.length > 1 ? "Side by side" : undefined}
              className="grid h-full auto-cols-fr grid-cols-2 gap-px sm:grid-flow-col sm:grid-cols-none"
            >
              {beside.map((name) => (
                <li key={name} className="flex-1 shadow-[0_0_0_1px_var(--line)]">
                  <Agent store={store} name={name} />
                </li>
              ))}
            </ul>
          </li>
        )}
      </ol>
    </section>
  );
}

function Agent({ store, name }: { store: RunStore; name: string }) {
  // Text changes many times a second, this does not: what is drawn here is compared as one line.
  const shown = useRunPart(store, (state) => {
    const task = state.tasks.find((each) => each.task === name);
    return task ? JSON.stringify(facts(task)) : null;
  });
  if (!shown) {
    return null;
  }
  const task = JSON.parse(shown) as ReturnType<typeof facts>;
  const running = task.state === "running";
  return (
    <div className={cx("flex h-full items-start gap-2.5 px-3 py-3 sm:px-3.5", running && "bg-accent-wash")}>
      <span className="mt-0.5">
        <StateIcon state={task.state} />
      </span>
      <div className="min-w-0">
        <p className={cx("text-[0.9375rem] leading-tight font-semibold", task.state === "waiting" && "text-soft")}>
          {task.agent}
        </p>
        <p className="mt-1 text-[0.8125rem] leading-tight text-soft">
          {task.queuedBehind !== null ? place(task.queuedBehind) : WORDS[task.state]}
          {running && task.queuedBehind === null && <Clock since={task.startedAt} skew={store.skew} />}
          {!running && task.tookMs !== null && `, ${seconds(task.tookMs)}`}
          {task.tokens && task.state === "done" && `, ${task.tokens.output.toLocaleString("en")} tokens`}
        </p>
      </div>
    </div>
  );
}

function facts({ agent, state, startedAt, tookMs, tokens, queuedBehind }: TaskRun) {
  return { agent, state, startedAt, tookMs, tokens, queuedBehind };
}

function place(ahead: number): string {
  return ahead === 0 ? "Next in the queue" : `${ahead} ahead in the queue`;
}

function StateIcon({ state }: { state: TaskState }) {
  switch (state) {
    case "running":
      return <Spinner className="text-accent" />;
    case "done":
      return <Check size={17} aria-hidden="true" className="text-accent" />;
    case "failed":
      return <TriangleAlert size={17} aria-hidden="true" className="text-danger" />;
    case "cancelled":
      return <Ban size={17} aria-hidden="true" className="text-soft" />;
    default:
      return <CircleDashed size={17} aria-hidden="true" className="text-soft" />;
  }
}

function Clock({ since, skew }: { since: string | null; skew: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return since ? (
    // the server's clock has run on when the page comes to life
    <span className="tabular-nums" suppressHydrationWarning>
      , {seconds(Math.max(0, now - skew - Date.parse(since)))}
    </span>
  ) : null;
}
