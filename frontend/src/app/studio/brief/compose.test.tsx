import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setCsrfToken } from "@/lib/api/csrf";
import type { Me } from "@/lib/api/types";
import { DRAFT_KEY } from "@/lib/kept";
import { SESSION_KEY } from "@/lib/session/session";
import { Compose } from "./compose";

vi.mock("../load-run", () => ({ preloadRun: () => undefined }));

const ada = { id: "u", name: "Ada", email: "ada@example.com", guest: false, tier: "free", csrf_token: "t" } as Me;
const usage = {
  tier: "free",
  resets_at: "2026-12-01T00:00:00Z",
  formats: Object.fromEntries(
    ["blog", "social", "audio", "video"].map((each) => [each, { used: 0, reserved: 0, limit: 10, remaining: 10 }]),
  ),
};

let asked: { path: string; method: string; key: string | null; body: Record<string, unknown> }[];
let answers: Record<string, () => Response>;

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const problem = (status: number, code: string, more = {}) =>
  new Response(JSON.stringify({ status, code, detail: "The reason.", request_id: "req-7", ...more }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });

beforeEach(() => {
  asked = [];
  answers = {
    "/v1/usage": () => json(usage),
    "/v1/content/generate": () => json({ id: "job-1", status: "pending" }, 201),
    "/v1/auth/guest": () => json({ csrf_token: "g", user: { ...ada, guest: true } }, 201),
  };
  vi.stubGlobal("fetch", async (input: Request) => {
    const path = new URL(input.url).pathname;
    const body = input.method === "GET" ? {} : await input.clone().json();
    asked.push({ path, method: input.method, key: input.headers.get("idempotency-key"), body });
    return answers[path]?.() ?? problem(404, "NOT_FOUND");
  });
  setCsrfToken("t");
  window.history.replaceState(null, "", "/");
});
afterEach(() => vi.unstubAllGlobals());

function show(user: Me | null = ada): void {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(SESSION_KEY, user);
  render(
    <QueryClientProvider client={queries}>
      <Compose />
    </QueryClientProvider>,
  );
}
const topic = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: /your brief/i });
const sent = () => asked.filter((each) => each.path === "/v1/content/generate");

describe("the brief", () => {
  it("is filled with a sample, so that Enter is enough to begin", async () => {
    show();
    expect(topic().value).not.toBe("");
    fireEvent.keyDown(topic(), { key: "Enter" });
    await waitFor(() => expect(window.location.search).toBe("?job=job-1"));
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.body).toMatchObject({ topic: topic().value, formats: ["blog", "social", "audio", "video"] });
  });

  it("takes a new line by Shift and Enter, and leaves Enter to who composes a character", () => {
    show();
    fireEvent.keyDown(topic(), { key: "Enter", shiftKey: true });
    fireEvent.keyDown(topic(), { key: "Enter", isComposing: true });
    expect(asked.filter((each) => each.method === "POST")).toHaveLength(0);
  });

  it("makes one job of a double click", async () => {
    show();
    const button = screen.getByRole("button", { name: /start the crew/i });
    fireEvent.click(button);
    fireEvent.click(button);
    await waitFor(() => expect(window.location.search).toBe("?job=job-1"));
    expect(sent()).toHaveLength(1);
  });

  it("keeps its key when it is sent again after the network broke, and takes another for another brief", async () => {
    show();
    answers["/v1/content/generate"] = () => {
      throw new TypeError("broken");
    };
    fireEvent.keyDown(topic(), { key: "Enter" });
    await screen.findByRole("alert");
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(sent()).toHaveLength(2));
    await screen.findByRole("alert");
    fireEvent.change(topic(), { target: { value: "Another" } });
    fireEvent.keyDown(topic(), { key: "Enter" });
    await waitFor(() => expect(sent()).toHaveLength(3));
    const keys = sent().map((each) => each.key);
    expect(keys[0]).toMatch(/.{20,}/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it("lets a guest in first where nobody is signed in", async () => {
    setCsrfToken(null);
    show(null);
    expect(screen.getByText(/needs no account/i)).toBeTruthy();
    fireEvent.keyDown(topic(), { key: "Enter" });
    await waitFor(() => expect(window.location.search).toBe("?job=job-1"));
    expect(asked.filter((each) => each.method === "POST").map((each) => each.path)).toEqual([
      "/v1/auth/guest",
      "/v1/content/generate",
    ]);
  });

  it("says what is missing and sends nothing", () => {
    show();
    fireEvent.change(topic(), { target: { value: "  " } });
    fireEvent.keyDown(topic(), { key: "Enter" });
    expect(topic().getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(topic());
    expect(asked.filter((each) => each.method === "POST")).toHaveLength(0);
  });

  it("is kept in this browser", () => {
    show();
    fireEvent.change(topic(), { target: { value: "My own words" } });
    expect(JSON.parse(localStorage.getItem(DRAFT_KEY) ?? "{}")).toMatchObject({ topic: "My own words" });
  });

  it("shows what the plan refuses, what comes next, and keeps the words", async () => {
    show();
    answers["/v1/tiers"] = () => json({ data: [{ id: "basic", name: "Starter" }] });
    answers["/v1/content/generate"] = () =>
      problem(403, "PLAN_LIMIT_EXCEEDED", {
        limit_name: "monthly_pieces",
        plan: "free",
        limit: 10,
        used: 10,
        format: "blog",
        upgrade_to: "basic",
        resets_at: "2026-12-01T00:00:00Z",
      });
    fireEvent.change(topic(), { target: { value: "Precious" } });
    fireEvent.keyDown(topic(), { key: "Enter" });
    expect((await screen.findByRole("alert")).textContent).toContain("All 10 blog posts of this month are used");
    expect(screen.getByRole("alert").textContent).toMatch(/begins anew on .*December.* 2026/);
    expect(screen.queryByText("The reason.")).toBeNull(); // which names the plan by its id and the day as machines do
    const link = await screen.findByRole("link", { name: "See what Starter offers" }); // the plan's name, not its id
    expect(link.getAttribute("href")).toBe("/pricing?plan=basic");
    expect(topic().value).toBe("Precious");
  });

  it("shows a refusal with its reason and its number", async () => {
    show();
    answers["/v1/content/generate"] = () => problem(503, "LLM_UNAVAILABLE");
    fireEvent.keyDown(topic(), { key: "Enter" });
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("The reason.");
    expect(alert.textContent).toContain("req-7");
  });
});
