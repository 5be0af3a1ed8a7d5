import { describe, expect, it } from "vitest";
import type { Job, StoredArtifact } from "@/lib/api/types";
import type { JobEvent } from "./events";
import { coalesce, random, writeLog } from "./log.fixture";
import { reduce } from "./reducer";
import { NOTHING, type RunState, withJob } from "./state";

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1);

function texts(state: RunState): Map<string, string> {
  return new Map(state.tasks.map((task) => [task.task, task.text]));
}

function event(seq: number, rest: object): JobEvent {
  return { job_id: "j", seq, at: "2026-01-01T00:00:00Z", ...rest } as JobEvent;
}
const blog = { task: "edit", agent: "Editor", format: "blog" } as const;
const delta = (seq: number, offset: number, text: string) =>
  event(seq, { type: "text_delta", task: "edit", format: "blog", offset, text });
const started = [
  event(1, { type: "job_started", engine: "ollama", model: "m1", tasks: [blog] }),
  event(2, { type: "task_started", ...blog }),
];
const run = (...events: JobEvent[]) => events.reduce(reduce, NOTHING);
const artifact = (version: number) =>
  ({
    format: "blog",
    version,
    engine: "e",
    model: "m",
    demo: false,
    cached: false,
    notes: [],
    created_at: "t",
    artifact: {},
  }) as unknown as StoredArtifact;

describe("any log", () => {
  it.each(SEEDS)("gives all text, once (%i)", (seed) => {
    const log = writeLog(seed);
    const state = log.events.reduce(reduce, NOTHING);
    expect(texts(state)).toEqual(log.texts);
    expect(state).toMatchObject({ status: "completed", percent: 100, torn: false });
  });

  it.each(SEEDS)("gives the same when it breaks and is replayed from anywhere before (%i)", (seed) => {
    const log = writeLog(seed);
    const next = random(seed * 31);
    const whole = log.events.reduce(reduce, NOTHING);
    let state = NOTHING;
    let at = 0;
    while (at < log.events.length) {
      const upTo = Math.min(log.events.length, at + 1 + next(25));
      state = coalesce(log.events.slice(at, upTo), next).reduce(reduce, state);
      // what was flushed after the last event that arrived may come once more, and from further back than asked for
      const back = next(8) === 0 ? next(60) : next(6);
      at = upTo === log.events.length ? upTo : Math.max(0, upTo - back);
      expect(state.torn).toBe(false);
    }
    expect(state).toEqual(whole);
  });

  it.each(SEEDS)("changes nothing when all of it comes again (%i)", (seed) => {
    const log = writeLog(seed);
    const whole = log.events.reduce(reduce, NOTHING);
    expect(log.events.reduce(reduce, whole)).toBe(whole);
  });

  it.each(SEEDS)("may have its beginning replaced by a snapshot (%i)", (seed) => {
    const log = writeLog(seed);
    const cutAt = 2 + random(seed * 7)(log.events.length - 3);
    const before = log.events.slice(0, cutAt).reduce(reduce, NOTHING);
    const snapshot = event(cutAt, {
      type: "snapshot",
      texts: before.tasks.map(({ task, agent, format, state, text }) => ({ task, agent, format, state, text })),
    });
    const state = [snapshot, ...log.events.slice(cutAt)].reduce(reduce, NOTHING);
    expect(texts(state)).toEqual(log.texts);
    expect(state.status).toBe("completed");
  });

  it.each(SEEDS)("shows a hole instead of joining what does not belong together (%i)", (seed) => {
    const log = writeLog(seed);
    const next = random(seed * 13);
    const deltas = log.events.flatMap((each, at) =>
      each.type === "text_delta" && each.text !== "" && log.events[at + 1]?.type === "text_delta" ? [at] : [],
    );
    const gone = deltas[next(deltas.length)] as number;
    const follower = log.events
      .slice(gone + 1)
      .find((each) => "task" in each && each.task === (log.events[gone] as { task: string }).task);
    const state = log.events.filter((_, at) => at !== gone).reduce(reduce, NOTHING);
    expect(state.torn).toBe(follower?.type === "text_delta");
  });
});

describe("text", () => {
  it("is counted in code points, so that emoji and rare signs join where they should", () => {
    const state = run(...started, delta(3, 0, "🐝👩‍🌾"), delta(5, 2, "\u200d🌾𝔅!"));
    expect(state.tasks[0]).toMatchObject({ text: "🐝👩‍🌾𝔅!", length: 6 });
  });

  it("that overlaps what is there is added once", () => {
    expect(run(...started, delta(3, 0, "a🐝"), delta(6, 1, "🐝cd")).tasks[0]?.text).toBe("a🐝cd");
  });

  it("that is all there already changes nothing", () => {
    expect(run(...started, delta(3, 0, "hello"), delta(4, 1, "ell")).tasks[0]?.text).toBe("hello");
  });

  it("is void when its task begins again", () => {
    const again = event(4, { type: "task_restarted", ...blog, reason: "the worker was lost" });
    const state = run(...started, delta(3, 0, "old"), again, delta(5, 0, "new"));
    expect(state.tasks[0]).toMatchObject({ text: "new", state: "running" });
  });

  it("after a hole is not shown, whatever comes, until all is read again", () => {
    const torn = run(...started, delta(3, 0, "ab"), delta(9, 5, "fg"), delta(10, 7, "h"));
    expect(torn).toMatchObject({ torn: true, seq: 3 });
    expect(torn.tasks[0]?.text).toBe("ab");
  });

  it("keeps the identity of what it does not touch", () => {
    const other = { task: "social", agent: "S", format: "social" } as const;
    const before = run(
      event(1, { type: "job_started", engine: "e", model: "m", tasks: [blog, other] }),
      delta(2, 0, "a"),
    );
    const after = reduce(before, delta(3, 1, "b"));
    expect(after.tasks[1]).toBe(before.tasks[1]);
    expect(after.artifacts).toBe(before.artifacts);
  });
});

describe("milestones", () => {
  it("tell an agent's state, time and tokens", () => {
    const done = event(3, { type: "task_completed", ...blog, tokens: { input: 5, output: 7 }, took_ms: 1200 });
    expect(run(...started, done).tasks[0]).toMatchObject({
      state: "done",
      tookMs: 1200,
      tokens: { input: 5, output: 7 },
    });
  });

  it("tell the place in the queue until the first word", () => {
    const queued = event(3, { type: "progress", done: 0, total: 1, percent: 0, task: "edit", queued_behind: 2 });
    expect(run(...started, queued).tasks[0]?.queuedBehind).toBe(2);
    expect(run(...started, queued, delta(4, 0, "a")).tasks[0]?.queuedBehind).toBeNull();
  });

  it("give a finished piece, of which the newest version counts", () => {
    const ready = (seq: number, version: number) => event(seq, { type: "artifact_ready", ...artifact(version) });
    const state = run(...started, ready(3, 2), ready(4, 1));
    expect(state.artifacts.blog?.version).toBe(2);
    expect(state.artifacts.blog).not.toHaveProperty("seq");
  });

  it("tell that one format failed, while the others go on", () => {
    const failure = { code: "OUTPUT_INVALID", message: "no", retryable: true };
    const state = run(...started, event(3, { type: "artifact_failed", format: "blog", error: failure }));
    expect(state).toMatchObject({ status: "running", failures: { blog: failure } });
    expect(state.tasks[0]?.state).toBe("failed");
  });

  it("tell the end: what was open was cancelled, what was written is kept", () => {
    const state = run(
      ...started,
      delta(3, 0, "half"),
      event(4, { type: "cancelled", status: "cancelled", results: {} }),
    );
    expect(state.status).toBe("cancelled");
    expect(state.tasks[0]).toMatchObject({ state: "cancelled", text: "half" });
  });

  it("tell why a job failed", () => {
    const error = { code: "LLM_TIMEOUT", message: "too slow", retryable: true };
    const state = run(...started, event(3, { type: "error", status: "failed", error, results: {} }));
    expect(state).toMatchObject({ status: "failed", error });
  });
});

describe("a job that was read", () => {
  const job = (more: Partial<Job>): Job =>
    ({
      id: "j",
      status: "running",
      engine: "e",
      model: "m",
      demo: true,
      results: {},
      error: null,
      artifacts: [],
      tasks: [{ ...blog, state: "running", tokens: { input: 0, output: 0 }, started_at: null, finished_at: null }],
      ...more,
    }) as Job;

  it("stands until the stream tells more", () => {
    const state = withJob(NOTHING, job({ artifacts: [artifact(1)] }));
    expect(state).toMatchObject({ status: "running", demo: true });
    expect(state.artifacts.blog?.version).toBe(1);
    expect(state.tasks[0]).toMatchObject({ task: "edit", state: "running" });
  });

  it("takes nothing back of what the stream has told", () => {
    const now = run(...started, delta(3, 0, "text"), event(4, { type: "artifact_ready", ...artifact(3) }));
    const joined = withJob(now, job({ status: "pending", artifacts: [artifact(2)] }));
    expect(joined).toMatchObject({ status: "running", seq: 4 });
    expect(joined.artifacts.blog?.version).toBe(3);
    expect(joined.tasks[0]?.text).toBe("text");
  });

  it("ends what the stream could not tell the end of", () => {
    const over = job({
      status: "completed",
      tasks: [
        {
          ...blog,
          state: "done",
          tokens: { input: 1, output: 2 },
          started_at: "2026-01-01T00:00:00Z",
          finished_at: "2026-01-01T00:00:03Z",
        },
      ],
    });
    const state = withJob(run(...started, delta(3, 0, "text")), over);
    expect(state).toMatchObject({ status: "completed", percent: 100 });
    expect(state.tasks[0]).toMatchObject({ state: "done", tookMs: 3000, tokens: { input: 1, output: 2 } });
  });
});
