import type { Job, StoredArtifact } from "@/lib/api/types";
import type { JobEvent } from "./events";
import { reduce } from "./reducer";
import { NOTHING, newer, type RunState, withJob } from "./state";

type Frame = (call: () => void) => () => void;

/**
 * Holds what is known of a job outside React. Events are gathered and told once per frame, however many came; who listens gets parts
 * that keep their identity while they do not change, so that a word of one task redraws that task's text only.
 */
export class RunStore {
  private state: RunState;
  private waiting: JobEvent[] = [];
  private ahead = Number.POSITIVE_INFINITY;
  private dropFrame: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    start: RunState = NOTHING,
    private readonly frame: Frame = nextFrame,
  ) {
    this.state = start;
  }

  readonly get = (): RunState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes an event; it is seen with the next frame. */
  add(event: JobEvent): void {
    this.waiting.push(event);
    this.ahead = Math.min(this.ahead, Date.now() - Date.parse(event.at));
    this.dropFrame ??= this.frame(() => this.flush());
  }

  /** Lets all that has come be seen now. */
  flush(): void {
    this.dropFrame?.();
    this.dropFrame = null;
    const events = this.waiting;
    this.waiting = [];
    this.set(events.reduce(reduce, this.state));
  }

  /** Joins what was read of the job. */
  join(job: Job): void {
    this.flush();
    this.set(withJob(this.state, job));
  }

  /** Lets the stream be read again from its start. What is there stays to be seen until the stream puts other text in its place. */
  restart(): void {
    this.waiting = [];
    this.set({ ...this.state, seq: 0, torn: false });
  }

  /** The number after which the stream is to go on. */
  get lastSeq(): number {
    return this.waiting.at(-1)?.seq ?? this.state.seq;
  }

  /** By how much this machine's clock is ahead of the service's, as far as events have shown: the freshest one came at once. */
  get skew(): number {
    return Number.isFinite(this.ahead) ? this.ahead : 0;
  }

  /** Puts a version in place that came by another way than this job's stream: an edit, or a revision. */
  put(stored: StoredArtifact): void {
    this.flush();
    const held = this.state.artifacts[stored.format];
    this.set({ ...this.state, artifacts: { ...this.state.artifacts, [stored.format]: newer(held, stored) } });
  }

  private set(next: RunState): void {
    if (next !== this.state) {
      this.state = next;
      for (const listener of this.listeners) {
        listener();
      }
    }
  }
}

/** With the next picture; in a tab that is not seen, which draws none, a little later. */
function nextFrame(call: () => void): () => void {
  if (typeof document !== "undefined" && document.visibilityState === "hidden") {
    const timer = setTimeout(call, 250);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(call);
  const late = setTimeout(call, 500); // the tab may be hidden before the picture comes
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(late);
  };
}
