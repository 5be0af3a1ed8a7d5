import type { Format, TaskName } from "@/lib/api/types";
import { countCodePoints } from "./code-points";
import type { JobEvent } from "./events";

/** Numbers that look random and are the same each time (mulberry32). */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Unnumbered = JobEvent extends infer E ? (E extends JobEvent ? Omit<E, "seq" | "at" | "job_id"> : never) : never;

const PIECES = ["a ", "Bees ", "hum.", "\n\n", "naïve ", "🐝", "👩‍🌾 ", "蜂蜜", "e\u0301", "𝔅", "- item\n", " ", "# "];
const FORMAT_OF: Partial<Record<TaskName, Format>> = { edit: "blog", social: "social", audio: "audio", video: "video" };

/** Writes the log of a job as the service would: tasks side by side, texts in pieces, now and then one that begins again. */
export function writeLog(seed: number): { events: JobEvent[]; texts: Map<TaskName, string> } {
  const next = random(seed);
  const events: JobEvent[] = [];
  const texts = new Map<TaskName, string>();
  const say = (event: Unnumbered) =>
    events.push({ ...event, job_id: "j", seq: events.length + 1, at: "2026-01-01T00:00:00Z" } as JobEvent);
  const agent = (task: TaskName) => ({ task, agent: `The ${task}`, format: FORMAT_OF[task] ?? null });
  const all: TaskName[] = ["research", "edit", "social", "audio"];

  say({ type: "job_started", engine: "offline", model: "m", tasks: all.map(agent) });
  for (const group of [["research"], ["edit"], ["social", "audio"]] as TaskName[][]) {
    for (const task of group) {
      say({ type: "task_started", ...agent(task) });
      texts.set(task, "");
    }
    const open = [...group];
    for (let left = 12 + next(30); open.length > 0; left--) {
      const task = open[next(open.length)] as TaskName;
      if (left <= 0) {
        say({ type: "task_completed", ...agent(task), tokens: { input: 1, output: left & 7 }, took_ms: 5 });
        open.splice(open.indexOf(task), 1);
        say({ type: "progress", done: 1, total: 4, percent: 25 });
      } else if (next(14) === 0) {
        say({ type: "task_restarted", ...agent(task), reason: "again" });
        texts.set(task, "");
      } else {
        const text = Array.from({ length: 1 + next(3) }, () => PIECES[next(PIECES.length)]).join("");
        const before = texts.get(task) ?? "";
        say({ type: "text_delta", task, format: FORMAT_OF[task] ?? null, offset: countCodePoints(before), text });
        texts.set(task, before + text);
      }
    }
  }
  say({ type: "complete", status: "completed", results: { blog: { status: "ready" } } });
  return { events, texts };
}

/** The same log as it may travel under load: neighbouring pieces of one task as one event, with the number of the last of them. */
export function coalesce(events: readonly JobEvent[], next: (below: number) => number): JobEvent[] {
  const out: JobEvent[] = [];
  for (const event of events) {
    const last = out.at(-1);
    if (last?.type === "text_delta" && event.type === "text_delta" && last.task === event.task && next(2) === 0) {
      out[out.length - 1] = { ...last, seq: event.seq, text: last.text + event.text };
    } else {
      out.push(event);
    }
  }
  return out;
}
