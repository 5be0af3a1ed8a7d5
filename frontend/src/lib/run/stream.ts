import { ApiError } from "@/lib/api/error";
import type { Job } from "@/lib/api/types";
import { EVENT_TYPES, parseEvent } from "./events";
import { isOver } from "./state";
import type { RunStore } from "./store";

/** How the page is connected to a job. `lost`: the job cannot be watched, and trying again will not help. */
export type Link = { state: "connecting" | "live" | "retrying" | "closed" } | { state: "lost"; error: ApiError };

type Parts = {
  store: RunStore;
  jobId: string;
  readJob: (id: string) => Promise<Job>;
  onLink: (link: Link) => void;
  /** For tests */
  open?: (url: string) => EventSource;
  wait?: (ms: number, call: () => void) => () => void;
};

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
const MAX_TEARS = 2;
const CLOSED = 2; // EventSource.CLOSED

/**
 * Watches a job until it is over. EventSource reconnects by itself while answers are streams or nothing at all; where it gives up (a
 * refusal, 204, a proxy that says 503) the job is read to see whether it is over, and the stream is opened again after the last event.
 * Returns what stops it.
 */
export function watch(parts: Parts): () => void {
  const { store, jobId, readJob, onLink } = parts;
  const open = parts.open ?? ((url) => new EventSource(url));
  const wait = parts.wait ?? timeout;
  let source: EventSource | null = null;
  let dropWait: (() => void) | null = null;
  let failures = 0;
  let tears = 0;
  let stopped = false;

  const unsubscribe = store.subscribe(() => store.get().torn && !stopped && source && tear());
  connect("connecting");

  function connect(as: "connecting" | "retrying"): void {
    dropWait = null;
    onLink({ state: as });
    const seq = store.lastSeq;
    const from = seq > 0 ? `?last_event_id=${seq}` : "";
    const current = open(`/v1/content/jobs/${encodeURIComponent(jobId)}/stream${from}`);
    source = current;
    current.onopen = () => {
      failures = 0;
      onLink({ state: "live" });
    };
    for (const type of EVENT_TYPES) {
      // The service's own `error` has data; what the browser says by that name has none.
      current.addEventListener(type, (message) => "data" in message && take(message as MessageEvent<string>, current));
    }
    current.onerror = (event) => {
      if ("data" in event || current !== source) {
        return;
      }
      if (current.readyState === CLOSED) {
        void recover();
      } else {
        onLink({ state: "retrying" });
      }
    };
  }

  function take(message: MessageEvent<string>, from: EventSource): void {
    const event = parseEvent(message.data);
    if (!event || from !== source) {
      return;
    }
    store.add(event);
    if (event.type === "complete" || event.type === "cancelled" || event.type === "error") {
      store.flush();
      // A hole may be seen only now: then the end is to come once more, by another stream.
      if (from === source) {
        end();
      }
    }
  }

  /** A piece of text is missing: all is read again from the start. */
  function tear(): void {
    source?.close();
    source = null;
    if (++tears > MAX_TEARS) {
      void recover();
      return;
    }
    store.restart();
    connect("retrying");
  }

  async function recover(): Promise<void> {
    source?.close();
    source = null;
    onLink({ state: "retrying" });
    try {
      const job = await readJob(jobId);
      if (stopped) {
        return;
      }
      store.join(job);
      if (isOver(job.status)) {
        end();
        return;
      }
    } catch (error) {
      if (stopped) {
        return;
      }
      if (error instanceof ApiError && !error.passes && error.status < 500) {
        stop();
        onLink({ state: "lost", error });
        return;
      }
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures++);
    dropWait = wait(pause * (0.75 + Math.random() / 2), () =>
      tears > MAX_TEARS ? void recover() : connect("retrying"),
    );
  }

  function end(): void {
    stop();
    onLink({ state: "closed" });
  }

  function stop(): void {
    stopped = true;
    unsubscribe();
    source?.close();
    source = null;
    dropWait?.();
    dropWait = null;
  }

  function hurry(): void {
    if (!stopped && dropWait) {
      dropWait();
      connect("retrying");
    }
  }
  globalThis.addEventListener?.("online", hurry);

  return () => {
    globalThis.removeEventListener?.("online", hurry);
    stop();
  };
}

function timeout(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}
