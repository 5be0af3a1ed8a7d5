import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, networkError } from "@/lib/api/error";
import type { Job } from "@/lib/api/types";
import type { JobEvent } from "./events";
import { RunStore } from "./store";
import { type Link, watch } from "./stream";

/** An EventSource that the test speaks through. */
class Source extends EventTarget {
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  constructor(readonly url: string) {
    super();
    this.addEventListener("error", (event) => this.onerror?.(event));
  }
  say(event: object): void {
    const data = event as JobEvent;
    this.dispatchEvent(new MessageEvent(data.type, { data: JSON.stringify(data), lastEventId: String(data.seq) }));
  }
  break(closed: boolean): void {
    this.readyState = closed ? 2 : 0;
    this.dispatchEvent(new Event("error"));
  }
  close(): void {
    this.readyState = 2;
  }
}

const edit = { task: "edit", agent: "Editor", format: "blog" };
const delta = (seq: number, offset: number, text: string) => ({
  type: "text_delta",
  seq,
  task: "edit",
  format: "blog",
  offset,
  text,
});
const running = {
  status: "running",
  engine: "e",
  model: "m",
  demo: false,
  tasks: [{ ...edit, state: "running" }],
  artifacts: [],
  results: {},
  error: null,
};

let sources: Source[];
let links: Link[];
let pauses: (() => void)[];
let store: RunStore;

function start(readJob: () => Promise<unknown> = async () => running): () => void {
  return watch({
    store,
    jobId: "j1",
    readJob: readJob as () => Promise<Job>,
    onLink: (link) => links.push(link),
    open: (url) => {
      const source = new Source(url);
      sources.push(source);
      return source as unknown as EventSource;
    },
    wait: (_, call) => {
      pauses.push(call);
      return () => pauses.splice(pauses.indexOf(call), 1);
    },
  });
}
const source = (at = sources.length - 1) => sources[at] as Source;
const settle = () =>
  vi.waitFor(() =>
    expect(
      pauses.length + links.filter((link) => link.state === "closed" || link.state === "lost").length,
    ).toBeGreaterThan(0),
  );
const text = () => {
  store.flush();
  return store.get().tasks.find((task) => task.task === "edit")?.text;
};

beforeEach(() => {
  sources = [];
  links = [];
  pauses = [];
  store = new RunStore(undefined, () => () => undefined);
});

describe("watching a job", () => {
  it("reads from the start, and stops with the last event", () => {
    start();
    expect(source().url).toBe("/v1/content/jobs/j1/stream");
    source().onopen?.();
    source().say({ type: "job_started", seq: 1, engine: "e", model: "m", tasks: [edit] });
    source().say(delta(2, 0, "Hi"));
    source().say({ type: "complete", seq: 3, status: "completed", results: {} });
    expect(text()).toBe("Hi");
    expect(links.map((link) => link.state)).toEqual(["connecting", "live", "closed"]);
    expect(source().readyState).toBe(2);
  });

  it("takes the service's own error for an end, not for a broken connection", () => {
    start();
    source().say({
      type: "error",
      seq: 1,
      status: "failed",
      error: { code: "LLM_ERROR", message: "m", retryable: false },
      results: {},
    });
    expect(store.get().status).toBe("failed");
    expect(links.at(-1)?.state).toBe("closed");
  });

  it("leaves it to the browser to connect again when the connection breaks", () => {
    start();
    source().break(false);
    expect(links.at(-1)?.state).toBe("retrying");
    expect(sources).toHaveLength(1);
  });

  it("goes on after the last event when the browser has given up", async () => {
    start();
    source().say(delta(7, 0, "abc"));
    source().break(true);
    await settle();
    pauses[0]?.();
    expect(source().url).toBe("/v1/content/jobs/j1/stream?last_event_id=7");
    source().say(delta(8, 3, "def"));
    expect(text()).toBe("abcdef");
  });

  it("tries on while the service is gone", async () => {
    start(async () => {
      throw networkError();
    });
    source().break(true);
    await settle();
    pauses.shift()?.();
    source().break(true);
    await settle();
    expect(links.at(-1)?.state).toBe("retrying");
    pauses.shift()?.();
    expect(sources).toHaveLength(3);
  });

  it("learns from the job that it is over when there is nothing more to stream", async () => {
    start(async () => ({ ...running, status: "completed" }));
    source().break(true);
    await settle();
    expect(store.get().status).toBe("completed");
    expect(links.at(-1)?.state).toBe("closed");
  });

  it.each([404, 401, 403])("says so when the job cannot be had (%i)", async (status) => {
    start(async () => {
      throw new ApiError(status, "NOT_FOUND", "no");
    });
    source().break(true);
    await settle();
    expect(links.at(-1)).toMatchObject({ state: "lost", error: { status } });
    expect(pauses).toHaveLength(0);
  });

  it("waits when there are too many streams or requests", async () => {
    start(async () => {
      throw new ApiError(429, "RATE_LIMITED", "slowly");
    });
    source().break(true);
    await settle();
    expect(links.at(-1)?.state).toBe("retrying");
    expect(pauses).toHaveLength(1);
  });

  it("reads all again when a piece is missing", () => {
    start();
    source().say(delta(2, 0, "abc"));
    source().say(delta(9, 7, "x"));
    store.flush();
    expect(sources).toHaveLength(2);
    expect(source(0).readyState).toBe(2);
    expect(source().url).toBe("/v1/content/jobs/j1/stream");
    source().say({ type: "job_started", seq: 1, engine: "e", model: "m", tasks: [edit] });
    source().say(delta(9, 0, "abcdefgx"));
    expect(text()).toBe("abcdefgx");
  });

  it("reads all again also when that shows with the last event, and the job is known to be over", () => {
    store.join({ ...running, status: "cancelled" } as unknown as Job);
    start();
    source().say(delta(2, 0, "abc"));
    source().say(delta(9, 7, "x"));
    source().say({ type: "cancelled", seq: 10, status: "cancelled", results: {} });
    expect(sources).toHaveLength(2);
    expect(links.at(-1)?.state).toBe("retrying");
    expect(source().readyState).not.toBe(2);
    source(0).say(delta(11, 20, "late")); // what was on its way in the old stream counts no more
    source().say({ type: "job_started", seq: 1, engine: "e", model: "m", tasks: [edit] });
    source().say(delta(9, 0, "abcdefgx"));
    source().say({ type: "cancelled", seq: 10, status: "cancelled", results: {} });
    expect(text()).toBe("abcdefgx");
    expect(links.at(-1)?.state).toBe("closed");
    expect(source().readyState).toBe(2);
  });

  it("hears nothing any more once it is stopped", () => {
    const stop = start();
    stop();
    source().say(delta(2, 0, "late"));
    expect(text()).toBeUndefined();
    expect(source().readyState).toBe(2);
  });
});
