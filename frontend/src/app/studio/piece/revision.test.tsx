import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Format, Job, StoredArtifact } from "@/lib/api/types";
import { FORMATS } from "@/lib/api/types";
import { SESSION_KEY } from "@/lib/session/session";
import { ToastProvider } from "@/ui/toast";
import { jobKey } from "../run/use-run";
import { Revision } from "./revision";

const streams = new Set<string>();
class Source extends EventTarget {
  constructor(readonly url: string) {
    super();
    streams.add(url);
  }
  close(): void {
    streams.delete(this.url);
  }
}
const running = (format: Format) =>
  ({ id: `redo-${format}`, status: "running", tasks: [], artifacts: [], results: {}, error: null }) as unknown as Job;
const made = { format: "audio", version: 2 } as StoredArtifact;

let queries: QueryClient;
let answers: Record<string, () => Response>;
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  streams.clear();
  asked = [];
  answers = {};
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("fetch", async (input: Request) => {
    const id = new URL(input.url).pathname.split("/").at(-1) ?? "";
    asked.push(id);
    return answers[id]?.() ?? Response.json(running(id.replace("redo-", "") as Format));
  });
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(SESSION_KEY, null);
  for (const format of FORMATS) {
    queries.setQueryData(jobKey(`redo-${format}`), running(format));
  }
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const done = vi.fn();
const page = (inSight: Format) => (
  <QueryClientProvider client={queries}>
    <ToastProvider>
      {FORMATS.map((format) => (
        <Revision
          key={format}
          id={`redo-${format}`}
          lang="en"
          shown={format === inSight}
          onDone={(next) => done(format, next)}
        />
      ))}
    </ToastProvider>
  </QueryClientProvider>
);
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const streamOf = (format: Format) => [`/v1/content/jobs/redo-${format}/stream`];

describe("when four formats are written anew at once", () => {
  it("only the one in sight has a stream, whichever it is", async () => {
    const shown = render(page("blog"));
    await pass(0);
    expect([...streams]).toEqual(streamOf("blog"));
    shown.rerender(page("video"));
    await pass(0);
    expect([...streams]).toEqual(streamOf("video"));
    shown.unmount();
    expect(streams.size).toBe(0);
  });

  it("the others are asked whether they are over, and told of when they are", async () => {
    render(page("blog"));
    await pass(0);
    asked = [];
    answers["redo-audio"] = () => Response.json({ ...running("audio"), status: "completed", artifacts: [made] });
    await pass(5_500);
    expect(new Set(asked)).toEqual(new Set(["redo-social", "redo-audio", "redo-video"]));
    expect(done).toHaveBeenCalledExactlyOnceWith("audio", expect.objectContaining({ version: 2 }));
    asked = [];
    await pass(5_500);
    expect(new Set(asked)).toEqual(new Set(["redo-social", "redo-video"]));
  });

  it("one that cannot be asked for a while has not failed", async () => {
    render(page("blog"));
    await pass(0);
    answers["redo-audio"] = () => Response.json({ code: "INTERNAL_ERROR", detail: "Broken" }, { status: 500 });
    await pass(5_500);
    expect(screen.queryByRole("alert")).toBeNull();
    answers["redo-audio"] = () => Response.json({ code: "NOT_FOUND", detail: "No such job" }, { status: 404 });
    await pass(5_500);
    expect(screen.getByRole("alert").textContent).toContain("The piece was not written anew");
    expect(screen.getByText(/its tab says why/)).toBeTruthy();
  });
});
