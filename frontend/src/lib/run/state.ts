import type { Failure, Format, Job, JobStatus, StoredArtifact, TaskName, TaskState } from "@/lib/api/types";

/** One agent at work. */
export type TaskRun = {
  task: TaskName;
  agent: string;
  format: Format | null;
  state: TaskState;
  /** When it was started, as the service's clock has it */
  startedAt: string | null;
  tookMs: number | null;
  tokens: { input: number; output: number } | null;
  /** How many wait for the model before it; null if it does not wait */
  queuedBehind: number | null;
  /** All it has written since it last (re)started */
  text: string;
  /** The length of `text` in code points, in which the service counts offsets */
  length: number;
};

/** All that is known of a job while it is watched. Never changed, only replaced; what did not change keeps its identity. */
export type RunState = {
  /** The number of the last event that counted */
  seq: number;
  status: JobStatus;
  engine: string;
  model: string;
  demo: boolean;
  /** In the order of the crew */
  tasks: readonly TaskRun[];
  artifacts: Readonly<Partial<Record<Format, StoredArtifact>>>;
  failures: Readonly<Partial<Record<Format, Failure>>>;
  /** Why the whole job failed */
  error: Failure | null;
  percent: number;
  /** Text is missing: what comes from the stream cannot be joined to what is there, so it must be read again from the start */
  torn: boolean;
};

const OVER: ReadonlySet<JobStatus> = new Set(["completed", "partial", "failed", "cancelled"]);

export function isOver(status: JobStatus): boolean {
  return OVER.has(status);
}

export const NOTHING: RunState = {
  seq: 0,
  status: "pending",
  engine: "",
  model: "",
  demo: false,
  tasks: [],
  artifacts: {},
  failures: {},
  error: null,
  percent: 0,
  torn: false,
};

export function newTask(task: TaskName, agent: string, format: Format | null): TaskRun {
  return {
    task,
    agent,
    format,
    state: "waiting",
    startedAt: null,
    tookMs: null,
    tokens: null,
    queuedBehind: null,
    text: "",
    length: 0,
  };
}

/** What is known of a job that was read, joined to what its stream has told. A job read late never takes anything back. */
export function withJob(state: RunState, job: Job): RunState {
  const artifacts = { ...state.artifacts };
  for (const read of job.artifacts) {
    artifacts[read.format] = newer(artifacts[read.format], read);
  }
  const failures = { ...state.failures };
  for (const [format, result] of Object.entries(job.results)) {
    if (result?.error && !artifacts[format as Format]) {
      failures[format as Format] = result.error;
    }
  }
  const known = new Map(state.tasks.map((task) => [task.task, task]));
  const over = isOver(job.status);
  return {
    ...state,
    status: isOver(state.status) || (state.status === "running" && !over) ? state.status : job.status,
    engine: job.engine,
    model: job.model,
    demo: job.demo,
    artifacts,
    failures,
    error: state.error ?? job.error,
    percent: job.status === "completed" ? 100 : state.percent,
    tasks: job.tasks.map((read) => {
      const task = known.get(read.task) ?? newTask(read.task, read.agent, read.format);
      return {
        ...task,
        state: over || state.seq === 0 ? read.state : task.state,
        startedAt: read.started_at ?? task.startedAt,
        tookMs: took(read.started_at, read.finished_at) ?? task.tookMs,
        tokens: read.state === "done" ? read.tokens : task.tokens,
      };
    }),
  };
}

function took(from: string | null, to: string | null): number | null {
  return from && to ? Math.max(0, Date.parse(to) - Date.parse(from)) : null;
}

export function newer(one: StoredArtifact | undefined, other: StoredArtifact): StoredArtifact {
  return one && one.version > other.version ? one : other;
}
