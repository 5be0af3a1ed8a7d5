import type { TaskName, TaskState } from "@/lib/api/types";
import { countCodePoints, dropCodePoints } from "./code-points";
import type { JobEvent } from "./events";
import { isOver, newer, newTask, type RunState, type TaskRun } from "./state";

/**
 * What is known of a job after one more event. Events that were seen already change nothing, whatever way they come again: the log's
 * numbers only grow, and text that overlaps is joined by its offset. So a stream may break and be replayed at any point.
 */
export function reduce(state: RunState, event: JobEvent): RunState {
  if (event.seq <= state.seq || state.torn) {
    return state;
  }
  const next = apply(state, event);
  return next.torn ? { ...state, torn: true } : { ...next, seq: event.seq, demo: event.demo ?? next.demo };
}

function apply(state: RunState, event: JobEvent): RunState {
  switch (event.type) {
    case "job_started":
      return {
        ...state,
        status: isOver(state.status) ? state.status : "running",
        engine: event.engine,
        model: event.model,
        tasks: event.tasks.map(({ task, agent, format }) => newTask(task, agent, format)),
      };
    case "task_started":
      return inTask(running(state), event, (task) => ({
        ...emptied(task),
        state: "running",
        startedAt: event.at,
        queuedBehind: null,
      }));
    case "text_delta":
      return textDelta(state, event);
    case "task_completed":
      return inTask(state, event, (task) => ({
        ...task,
        state: "done",
        tokens: event.tokens,
        tookMs: event.took_ms,
        queuedBehind: null,
      }));
    case "task_restarted":
      return inTask(running(state), event, (task) => ({
        ...emptied(task),
        state: "running",
        startedAt: event.at,
        tookMs: null,
        tokens: null,
        queuedBehind: null,
      }));
    case "artifact_ready": {
      const { type: _type, seq: _seq, at: _at, job_id: _job, ...artifact } = event;
      const { [event.format]: _failure, ...failures } = state.failures;
      const held = state.artifacts[event.format];
      return {
        ...state,
        failures,
        artifacts: { ...state.artifacts, [event.format]: newer(held, artifact as typeof artifact & { demo: boolean }) },
      };
    }
    case "artifact_failed":
      return {
        ...ended(state, "failed", (task) => task.format === event.format),
        failures: { ...state.failures, [event.format]: event.error },
      };
    case "snapshot":
      return event.texts.reduce(
        (now, { state: taskState, text, ...agent }) =>
          inTask(now, agent, (task) => ({
            ...task,
            state: taskState,
            text,
            length: countCodePoints(text),
          })),
        running(state),
      );
    case "progress":
      return progress(state, event);
    case "complete":
      return { ...ended(state, "failed"), status: event.status, percent: 100 };
    case "error":
      return { ...ended(state, "failed"), status: event.status, error: event.error };
    case "cancelled":
      return { ...ended(state, "cancelled"), status: event.status };
  }
}

/** A job that writes is running, even if the event that said so was trimmed from the log. */
function running(state: RunState): RunState {
  return state.status === "pending" ? { ...state, status: "running" } : state;
}

function textDelta(state: RunState, event: Extract<JobEvent, { type: "text_delta" }>): RunState {
  const task = state.tasks.find((each) => each.task === event.task);
  const have = task?.length ?? 0;
  if (event.offset > have) {
    return { ...state, torn: true };
  }
  const text = dropCodePoints(event.text, have - event.offset);
  const agent = task ?? { task: event.task, agent: event.task, format: event.format };
  return inTask(running(state), agent, (now) => ({
    ...now,
    state: now.state === "waiting" ? "running" : now.state,
    queuedBehind: null,
    text: now.text + text,
    length: now.length + countCodePoints(text),
  }));
}

function progress(state: RunState, event: Extract<JobEvent, { type: "progress" }>): RunState {
  const next = { ...state, percent: event.percent };
  const waiting = event.task && state.tasks.find((each) => each.task === event.task);
  return waiting ? inTask(next, waiting, (task) => ({ ...task, queuedBehind: event.queued_behind ?? null })) : next;
}

/** What was not finished when a job ended is told so. */
function ended(state: RunState, as: TaskState, which: (task: TaskRun) => boolean = () => true): RunState {
  const open = (task: TaskRun) => (task.state === "running" || task.state === "waiting") && which(task);
  return state.tasks.some(open)
    ? {
        ...state,
        tasks: state.tasks.map((task) => (open(task) ? { ...task, state: as, queuedBehind: null } : task)),
      }
    : state;
}

function emptied(task: TaskRun): TaskRun {
  return { ...task, text: "", length: 0 };
}

function inTask(
  state: RunState,
  { task: name, agent, format }: Pick<TaskRun, "agent" | "format"> & { task: TaskName },
  change: (task: TaskRun) => TaskRun,
): RunState {
  const known = state.tasks.some((task) => task.task === name);
  const tasks = known ? state.tasks : [...state.tasks, newTask(name, agent, format)];
  return { ...state, tasks: tasks.map((task) => (task.task === name ? change(task) : task)) };
}
