import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setCsrfToken } from "@/lib/api/csrf";
import type { Artifact, Job, StoredArtifact } from "@/lib/api/types";
import { RunStore } from "@/lib/run/store";
import { SESSION_KEY } from "@/lib/session/session";
import { ToastProvider } from "@/ui/toast";
import { useRunPart } from "../run/use-run";
import { keepEdit, keptEdit } from "./kept-edit";
import { Piece } from "./piece";

vi.mock("../markdown-lazy", () => ({ Markdown: ({ text }: { text: string }) => <p>{text}</p> }));

const article = (title: string): Artifact => ({
  title,
  introduction: "I",
  sections: [{ heading: "H", body: "B" }],
  conclusion: "C",
});
const version = (number: number, title: string) =>
  ({
    format: "blog",
    version: number,
    origin: "edited",
    note: null,
    model: "m",
    demo: false,
    cached: false,
    notes: [],
    created_at: "2026-11-23T12:00:00Z",
    artifact: article(title),
  }) as unknown as StoredArtifact;
const job = { id: "job-1", status: "completed", formats: ["blog"], language: "en" } as unknown as Job;

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ status, code, detail: "The reason.", request_id: "r" }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });

let answers: Record<string, (body: Record<string, unknown>) => Response>;
let sent: { call: string; body: Record<string, unknown> }[];
let queries: QueryClient;
const at = "/v1/content/jobs/job-1/artifacts/blog";

// jsdom has none of these
Element.prototype.scrollIntoView = () => undefined;
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = () => undefined;

beforeEach(() => {
  sessionStorage.clear();
  sent = [];
  answers = { "GET /v1/content/jobs": () => json({ data: [] }) };
  vi.stubGlobal("fetch", async (input: Request) => {
    const call = `${input.method} ${new URL(input.url).pathname}`;
    const body = JSON.parse((await input.clone().text()) || "{}");
    sent.push({ call, body });
    return answers[call]?.(body) ?? problem(404, "NOT_FOUND");
  });
  setCsrfToken("t");
  window.history.replaceState(null, "", "/studio?job=job-1");
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Shown({ store }: { store: RunStore }) {
  const stored = useRunPart(store, (state) => state.artifacts.blog) as StoredArtifact;
  return <Piece store={store} job={job} stored={stored} shown />;
}

function show(): RunStore {
  const store = new RunStore();
  store.put(version(1, "First"));
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(SESSION_KEY, null);
  render(
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <Shown store={store} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  return store;
}
const button = (name: string) => screen.getByRole("button", { name });
const title = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Title" });
const type = (text: string) => fireEvent.change(title(), { target: { value: text } });

describe("a piece that was saved elsewhere meanwhile", () => {
  async function conflict(): Promise<RunStore> {
    answers[`PUT ${at}`] = ({ base_version }) =>
      base_version === 1 ? problem(409, "CONFLICT") : json(version(4, "Mine"));
    answers[`GET ${at}`] = () => json(version(3, "Theirs"));
    answers[`POST ${at}/restore`] = () => json(version(5, "Theirs"));
    const store = show();
    fireEvent.click(button("Edit"));
    type("Mine");
    fireEvent.click(button("Save as a new version"));
    await screen.findByRole("button", { name: "Take version 3" });
    return store;
  }

  it("is taken as it is, which nothing is to undo", async () => {
    const store = await conflict();
    fireEvent.click(button("Take version 3"));
    await screen.findByText("This is version 3");
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    expect(store.get().artifacts.blog?.version).toBe(3);
    expect(keptEdit("job-1", "blog")).toBeNull();
  });

  it("is what Undo goes back to after one's own was saved over it", async () => {
    await conflict();
    fireEvent.click(button("Save mine as the newest"));
    await screen.findByText("Saved as version 4");
    fireEvent.click(button("Undo"));
    await screen.findByText("Version 3 is back, as version 5");
    expect(sent.find((each) => each.call.endsWith("/restore"))?.body).toEqual({ version: 3 });
  });

  it("is asked about again when the edit is taken up later", async () => {
    await conflict();
    expect(keptEdit("job-1", "blog")).toEqual({ base: 1, artifact: article("Mine") });
  });
});

describe("an edit", () => {
  it("goes back to the version before it", async () => {
    answers[`PUT ${at}`] = () => json(version(2, "Mine"));
    answers[`POST ${at}/restore`] = () => json(version(3, "First"));
    show();
    fireEvent.click(button("Edit"));
    type("Mine");
    fireEvent.click(button("Save as a new version"));
    await screen.findByText("Saved as version 2");
    expect(keptEdit("job-1", "blog")).toBeNull();
    fireEvent.click(button("Undo"));
    await screen.findByText("Version 1 is back, as version 3");
  });

  it("that changes nothing says so", async () => {
    answers[`PUT ${at}`] = () => json(version(1, "First"));
    show();
    fireEvent.click(button("Edit"));
    fireEvent.click(button("Save as a new version"));
    await screen.findByText("Nothing was changed");
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  });

  it("is offered again after its page was left, and sent with the version that it changes", async () => {
    show();
    fireEvent.click(button("Edit"));
    type("Half a title");
    cleanup();
    answers[`PUT ${at}`] = () => json(version(2, "Half a title"));
    show();
    fireEvent.click(await screen.findByRole("button", { name: "Go on editing" }));
    expect(title().value).toBe("Half a title");
    fireEvent.click(button("Save as a new version"));
    await screen.findByText("Saved as version 2");
    expect(sent.at(-1)?.body).toEqual({ base_version: 1, artifact: article("Half a title") });
    expect(screen.queryByRole("button", { name: "Go on editing" })).toBeNull();
  });

  it("is given up by who says so, in the editor or beside the piece", async () => {
    show();
    fireEvent.click(button("Edit"));
    type("Half a title");
    fireEvent.click(button("Discard changes"));
    expect(keptEdit("job-1", "blog")).toBeNull();
    cleanup();
    keepEdit("job-1", "blog", { base: 1, artifact: article("Half a title") });
    show();
    fireEvent.click(await screen.findByRole("button", { name: "Discard changes" }));
    expect(keptEdit("job-1", "blog")).toBeNull();
    expect(document.activeElement).toBe(button("Edit"));
  });

  it("that nobody has begun is not kept", () => {
    show();
    fireEvent.click(button("Edit"));
    fireEvent.click(button("Back"));
    expect(keptEdit("job-1", "blog")).toBeNull();
  });

  it("leads to the door and back when the session is over", async () => {
    answers[`PUT ${at}`] = () => problem(401, "AUTH_ERROR");
    show();
    fireEvent.click(button("Edit"));
    type("Mine");
    fireEvent.click(button("Save as a new version"));
    const link = await screen.findByRole("link", { name: "Sign in" });
    expect(link.getAttribute("href")).toBe(`/sign-in?return_to=${encodeURIComponent("/studio?job=job-1")}`);
    expect(keptEdit("job-1", "blog")?.artifact).toEqual(article("Mine"));
  });

  it("has the focus in its first field, and gives it back", async () => {
    show();
    button("Edit").focus();
    fireEvent.click(button("Edit"));
    expect(document.activeElement).toBe(title());
    button("Back").focus();
    fireEvent.click(button("Back"));
    await waitFor(() => expect(document.activeElement).toBe(button("Edit")));
  });
});

it("calls that version the newest which the service has, also one of another tab", async () => {
  answers[`GET ${at}/versions`] = () => json({ data: [3, 2, 1].map((each) => version(each, "T")) });
  answers[`GET ${at}`] = () => json(version(3, "T"));
  show();
  fireEvent.click(button("Version 1"));
  const newest = await screen.findByText(/, the newest/);
  expect(newest.closest("button")?.textContent).toMatch(/^Version 3, the newest/);
});

it("gives the focus to what is written anew, and back to what began it", async () => {
  const revision = { id: "rev-1", status: "running", tasks: [], artifacts: [], results: {}, error: null };
  answers[`POST ${at}/regenerate`] = () => json(revision, 201);
  answers["GET /v1/content/jobs/rev-1"] = () => json(revision);
  answers["POST /v1/content/jobs/rev-1/cancel"] = () => json({ ...revision, status: "cancelled" });
  vi.stubGlobal(
    "EventSource",
    class extends EventTarget {
      close(): void {}
    },
  );
  show();
  const redo = await screen.findByRole("button", { name: "Redo with a note" });
  redo.focus();
  fireEvent.click(redo);
  fireEvent.click(button("Write it anew"));
  const stop = await screen.findByRole("button", { name: "Stop" });
  await waitFor(() => expect(document.activeElement?.textContent).toMatch(/be written anew/));
  fireEvent.click(stop);
  await waitFor(() => expect(document.activeElement).toBe(button("Redo with a note")));
});

it.each(["", "{", "7", "null", '{"base":1}', '{"base":1,"artifact":{"title":"T"}}', '{"base":"1","artifact":null}'])(
  "is no edit if the editor could not show it (%j)",
  (kept) => {
    sessionStorage.setItem("edit/job-1/blog", kept);
    expect(keptEdit("job-1", "blog")).toBeNull();
  },
);
