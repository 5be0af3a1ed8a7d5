import { focusManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setCsrfToken } from "@/lib/api/csrf";
import { ApiError } from "@/lib/api/error";
import type { Engine, Me } from "@/lib/api/types";
import { SESSION_KEY } from "@/lib/session/session";
import { StatusRegion } from "@/ui/status";
import { askAgainAfter, commandIn } from "./engine";
import EngineBanner from "./engine-banner";
import EngineNote from "./engine-note";

const demo: Engine = { status: "ready", engine: "offline", model: "offline", demo: true };
const real: Engine = { status: "ready", engine: "ollama", model: "llama3.2:1b", demo: false };
const missing: Engine = {
  status: "model_missing",
  model: "llama3.2:1b",
  remedy: "Fetch it with: ollama pull llama3.2:1b",
};
const unavailable: Engine = { status: "unavailable", reason: "Ollama does not answer." };
const ada = { id: "ada", name: "Ada", guest: false } as Me;
const NEWS = /is available; new pieces are written by it/;

let answer: () => Response;
let asked: number;
let queries: QueryClient;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  setCsrfToken("t");
  vi.stubGlobal("fetch", async (input: Request) => {
    asked += new URL(input.url).pathname === "/v1/content/engine" ? 1 : 0;
    return answer();
  });
});
afterEach(() => {
  focusManager.setFocused(undefined);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

async function show(first: Engine, user: Me | null = ada) {
  answer = () => Response.json(first);
  queries = new QueryClient();
  queries.setQueryData(SESSION_KEY, user);
  const shown = render(
    <QueryClientProvider client={queries}>
      <StatusRegion>
        <EngineBanner />
        <EngineNote />
      </StatusRegion>
    </QueryClientProvider>,
  );
  await pass(100);
  return shown;
}

describe("where the offline writer would write", () => {
  it("is said, and news are told when a model comes, aloud as well", async () => {
    await show(demo);
    expect(screen.getByText("Offline sample writer")).toBeTruthy();
    expect(screen.queryByText(NEWS)).toBeNull();

    answer = () => Response.json(real);
    await pass(10_000);
    expect(screen.queryByText("Offline sample writer")).toBeNull();
    expect(screen.getAllByText(NEWS)).toHaveLength(2); // to be seen, and in the page's live region
    expect(screen.getByRole("status").textContent).toBe("llama3.2:1b is available; new pieces are written by it.");

    fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.getAllByText(NEWS)).toHaveLength(1);
  });

  it("is asked again while it is in sight only", async () => {
    await show(demo);
    expect(asked).toBe(1);
    await pass(10_000);
    expect(asked).toBe(2);
    act(() => focusManager.setFocused(false));
    await pass(60_000);
    expect(asked).toBe(2);
  });

  it("is not asked again once nobody shows it", async () => {
    const shown = await show(demo);
    shown.unmount();
    await pass(60_000);
    expect(asked).toBe(1);
  });
});

describe("where a model answers", () => {
  it("nothing is said, and nothing asked again", async () => {
    await show(real);
    await pass(60_000);
    expect(asked).toBe(1);
    expect(screen.queryByText(NEWS)).toBeNull();
    expect(screen.queryByText("Offline sample writer")).toBeNull();
  });

  it("that is no news to another reader, who had nothing else before", async () => {
    await show(demo, null);
    answer = () => Response.json(real);
    act(() => queries.setQueryData(SESSION_KEY, ada));
    await pass(100);
    expect(asked).toBe(2);
    expect(screen.queryByText(NEWS)).toBeNull();
  });
});

it("shows what fetches a missing model, word for word, and copies the command", async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { clipboard: { writeText } }));
  await show(missing);
  expect(screen.getByText("Fetch it with: ollama pull llama3.2:1b")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Copy ollama pull llama3.2:1b" }));
  await pass(0);
  expect(writeText).toHaveBeenCalledExactlyOnceWith("ollama pull llama3.2:1b");
  expect(screen.getByRole("status").textContent).toBe("Copied");
});

it("shows why no model answers", async () => {
  await show(unavailable);
  expect(screen.getByText("Ollama does not answer.")).toBeTruthy();
});

it("asks again as soon as is wished and useful", () => {
  expect(askAgainAfter(undefined, null)).toBe(10_000);
  expect(askAgainAfter(demo, null)).toBe(10_000);
  expect(askAgainAfter(missing, null)).toBe(10_000);
  expect(askAgainAfter(unavailable, null)).toBe(10_000);
  expect(askAgainAfter(demo, new ApiError(429, "RATE_LIMITED", "Slowly", null, [], 30))).toBe(30_000);
  expect(askAgainAfter(real, null)).toBe(false);
  expect(askAgainAfter(demo, new ApiError(503, "SERVICE_UNAVAILABLE", "Down"))).toBe(10_000);
  expect(askAgainAfter(undefined, new ApiError(404, "NOT_FOUND", "No such route"))).toBe(false);
});

it.each([
  ["Fetch it with: ollama pull llama3.2:1b", "ollama pull llama3.2:1b"],
  ["Run ollama pull llama3.2:1b.", "ollama pull llama3.2:1b"],
  ["Run `lms get qwen` where the models are", "lms get qwen"],
  ["Ask whoever runs the model", "Ask whoever runs the model"],
])("finds the command in a remedy (%s)", (remedy, command) => expect(commandIn(remedy)).toBe(command));
