import { focusManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Job } from "@/lib/api/types";
import { DRAFT_KEY } from "@/lib/kept";
import { SESSION_KEY } from "@/lib/session/session";
import { readDraft } from "../brief/draft";
import { Run } from "./run";
import { jobKey } from "./use-run";

const job = {
  id: "job-1",
  status: "completed",
  topic: "Wild bees\n on balconies",
  title: null,
  formats: ["blog", "social"],
  tone: "casual",
  length: "long",
  language: "de",
  audience: "Neighbours",
  brand_voice: null,
  revises: null,
  engine: "e",
  model: "m",
  demo: false,
  tasks: [],
  artifacts: [],
  results: {},
  error: null,
} as unknown as Job;

let answer: () => Response;
let asked: number;
let queries: QueryClient;

const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ status, code, detail: "The reason.", request_id: "r" }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });

beforeEach(() => {
  answer = () => json(job);
  asked = 0;
  vi.stubGlobal("fetch", async () => {
    asked++;
    return answer();
  });
  vi.stubGlobal(
    "EventSource",
    class extends EventTarget {
      close(): void {}
    },
  );
  document.title = "Studio";
  window.history.replaceState(null, "", "/studio?job=job-1");
});
afterEach(() => {
  vi.unstubAllGlobals();
  focusManager.setFocused(undefined);
});

function show(known: Job = job) {
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(SESSION_KEY, null);
  queries.setQueryData(jobKey("job-1"), known);
  return render(page());
}
const page = () => (
  <QueryClientProvider client={queries}>
    <Run id="job-1" />
  </QueryClientProvider>
);
const heading = () => screen.getByRole("heading", { level: 1 }).textContent;

it.each([
  [401, "Sign in to see this piece"],
  [404, "This piece cannot be shown"],
])("takes a piece away from who may not see it any more (%i)", async (status, text) => {
  answer = () => problem(status, "NOT_FOUND");
  show();
  await waitFor(() => expect(heading()).toBe(text));
  expect(screen.queryByText(/Wild bees/)).toBeNull();
});

it("offers one way to sign in, and says why in a reader's words", async () => {
  answer = () => problem(401, "AUTH_ERROR");
  show();
  const links = await screen.findAllByRole("link", { name: "Sign in" });
  expect(links.map((each) => each.getAttribute("href"))).toEqual(["/sign-in?return_to=%2Fstudio%3Fjob%3Djob-1"]);
  expect(screen.getByText("You are not signed in, or not any more. Sign in to go on.")).toBeTruthy();
  expect(screen.queryByText("The reason.")).toBeNull();
});

it("keeps a piece that is there when the service cannot be reached", async () => {
  answer = () => problem(503, "SERVICE_UNAVAILABLE");
  const shown = show();
  const failed = () => expect(queries.getQueryState(jobKey("job-1"))?.status).toBe("error");
  await waitFor(failed);
  queries.removeQueries({ queryKey: jobKey("job-1") }); // as when a session ends
  shown.rerender(page());
  await waitFor(failed);
  expect(heading()).toMatch(/Wild bees/);
});

it.each([
  ["completed", 2],
  ["running", 1], // its stream tells all
])("is read again when the page is looked at again, if it is over (%s)", async (status, times) => {
  const known = { ...job, status } as Job;
  answer = () => json(known);
  show(known);
  const settled = () => expect(queries.isFetching()).toBe(0);
  await waitFor(() => expect(asked).toBe(1));
  await waitFor(settled);
  act(() => {
    focusManager.setFocused(false);
    focusManager.setFocused(true);
  });
  await waitFor(() => expect(asked).toBe(times));
  await waitFor(settled);
  expect(asked).toBe(times);
});

it("names the window after the piece while it is there", () => {
  const shown = show();
  expect(document.title).toBe("Wild bees on balconies · Content Crew");
  shown.unmount();
  expect(document.title).toBe("Studio");
});

it("shows a revision where its piece is, without a way back that leads here again", async () => {
  const before = window.history.length;
  show({ ...job, revises: { job_id: "job-0", format: "blog", version: 1, note: null } });
  await waitFor(() => expect(window.location.search).toBe("?job=job-0"));
  expect(window.history.length).toBe(before);
});

it("opens the brief of a job that has failed again", async () => {
  const failed = { ...job, status: "failed", error: { code: "LLM_ERROR", message: "No.", retryable: true } } as Job;
  answer = () => json(failed);
  show(failed);
  fireEvent.click(await screen.findByRole("button", { name: "Open this brief again" }));
  expect(window.location.search).toBe("");
  expect(readDraft(localStorage.getItem(DRAFT_KEY))).toEqual({
    topic: job.topic,
    formats: ["blog", "social"],
    tone: "casual",
    length: "long",
    language: "de",
    audience: "Neighbours",
    brandVoice: "",
  });
});
