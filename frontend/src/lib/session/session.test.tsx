import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sample } from "@/app/studio/brief/brief";
import { useDraft } from "@/app/studio/brief/draft";
import { api } from "@/lib/api/client";
import { csrfToken, setCsrfToken } from "@/lib/api/csrf";
import type { Me } from "@/lib/api/types";
import { deletes } from "@/lib/held-deletes";
import { DRAFT_KEY, editKey, forgetAccount, presetsKey } from "@/lib/kept";
import { Providers } from "./providers";
import { askWho, SESSION_KEY, useSession, useSignOut } from "./session";

const router = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock("next/navigation", () => ({ useRouter: () => router }));

const ada = { id: "ada", name: "Ada", guest: false, tier: "free", csrf_token: "a" } as Me;
const bob = { ...ada, id: "bob", name: "Bob", csrf_token: "b" } as Me;

let asked: string[];
let answers: Record<string, () => Response>;
const signedOut = () => Response.json({ code: "AUTH_ERROR", detail: "Not signed in." }, { status: 401 });

beforeEach(() => {
  asked = [];
  answers = {};
  router.refresh.mockReset();
  setCsrfToken("a", ada);
  vi.stubGlobal("fetch", async (input: Request | string) => {
    const [method, url] = typeof input === "string" ? ["GET", input] : [input.method, input.url];
    const call = `${method} ${new URL(url, location.href).pathname}`;
    asked.push(call);
    return answers[call]?.() ?? new Response(null, { status: 204 });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  setCsrfToken(undefined);
});

function asAda() {
  const queries = new QueryClient();
  queries.setQueryData(SESSION_KEY, ada);
  queries.setQueryData(["usage"], "ada's");
  queries.setQueryData(["public", "tiers"], "everybody's");
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  return { queries, wrapper };
}

describe("asking who is signed in", () => {
  it.each([
    ["somebody else is", () => Response.json(bob), "b"],
    ["nobody is any more", signedOut, undefined],
  ])("forgets what was read for who was, if %s", async (_, answer, token) => {
    answers["GET /v1/auth/me"] = answer;
    const { queries } = asAda();
    await queries.fetchQuery({ queryKey: SESSION_KEY, queryFn: askWho, staleTime: 0 });
    expect(queries.getQueryData(["usage"])).toBeUndefined();
    expect(queries.getQueryData(["public", "tiers"])).toBe("everybody's");
    expect(csrfToken()).toBe(token);
  });
  it("forgets nothing if it is the same", async () => {
    answers["GET /v1/auth/me"] = () => Response.json({ ...ada, csrf_token: "a2" });
    const { queries } = asAda();
    await queries.fetchQuery({ queryKey: SESSION_KEY, queryFn: askWho, staleTime: 0 });
    expect(queries.getQueryData(["usage"])).toBe("ada's");
    expect(csrfToken()).toBe("a2");
  });
});

describe("signing out", () => {
  it("leaves neither deletes that wait, nor pages, nor the brief behind", async () => {
    const { queries, wrapper } = asAda();
    const draft = renderHook(useDraft);
    act(() => draft.result.current[1]({ topic: "My secret plan" }));
    expect(localStorage).toHaveLength(1);
    sessionStorage.setItem(editKey("job-1", "blog"), "{}");
    sessionStorage.setItem("of something else", "stays");
    localStorage.setItem(presetsKey("ada"), "[]");
    deletes.hold("/v1/content/jobs/1", vi.fn());

    const { result } = renderHook(useSignOut, { wrapper });
    await act(() => result.current());

    expect(asked).toEqual(["DELETE /v1/content/jobs/1", "POST /v1/auth/logout"]);
    expect(queries.getQueryData(SESSION_KEY)).toBeNull();
    expect(queries.getQueryData(["usage"])).toBeUndefined();
    expect(Object.keys(localStorage)).toEqual([presetsKey("ada")]); // saved to stay, and shown to nobody else
    expect(draft.result.current[0].topic).toBe(sample(0).topic); // nor is it shown any more
    expect(Object.keys(sessionStorage)).toEqual(["of something else"]);
    expect(router.refresh).toHaveBeenCalledTimes(1);
  });
  it("has the other tabs forget it too", () => {
    const draft = renderHook(useDraft);
    act(() => draft.result.current[1]({ topic: "My secret plan" }));
    renderHook(useSession, { wrapper: ({ children }) => <Providers session={ada}>{children}</Providers> });
    sessionStorage.setItem(editKey("job-1", "blog"), "{}");
    act(() => void dispatchEvent(new StorageEvent("storage", { key: "left", newValue: "1" })));
    expect(sessionStorage.getItem(editKey("job-1", "blog"))).toBeNull();
    expect(draft.result.current[0].topic).toBe(sample(0).topic);
  });
  it("leaves nothing at all of an account that was deleted", () => {
    for (const key of [DRAFT_KEY, presetsKey("ada"), presetsKey("bob")]) {
      localStorage.setItem(key, "[]");
    }
    forgetAccount("ada");
    expect(Object.keys(localStorage)).toEqual([presetsKey("bob")]);
  });
  it("leaves all as it is if it fails", async () => {
    const { queries, wrapper } = asAda();
    localStorage.setItem(DRAFT_KEY, "{}");
    answers["POST /v1/auth/logout"] = () =>
      Response.json({ code: "INTERNAL_ERROR", detail: "Broken" }, { status: 500 });
    const { result } = renderHook(useSignOut, { wrapper });
    await expect(result.current()).rejects.toMatchObject({ status: 500 });
    expect(queries.getQueryData(SESSION_KEY)).toEqual(ada);
    expect(localStorage).toHaveLength(1);
  });
});

describe("a write that is refused", () => {
  const page = () =>
    renderHook(useSession, { wrapper: ({ children }) => <Providers session={ada}>{children}</Providers> });

  it("for want of a session makes the page ask, and see that nobody is signed in", async () => {
    const { result } = page();
    answers["POST /v1/auth/email/send"] = signedOut;
    answers["GET /v1/auth/me"] = signedOut;
    await expect(api.POST("/v1/auth/email/send")).rejects.toMatchObject({ status: 401 });
    await waitFor(() => expect(result.current.user).toBeNull());
  });
  it("for a wrong password leaves who is signed in", async () => {
    const { result } = page();
    answers["POST /v1/auth/login"] = signedOut;
    answers["GET /v1/auth/me"] = () => Response.json({ ...ada, name: "Ada, asked again" });
    await expect(api.POST("/v1/auth/login", { body: { email: "a", password: "b" } })).rejects.toMatchObject({
      status: 401,
    });
    await waitFor(() => expect(result.current.user?.name).toBe("Ada, asked again"));
  });
  it("as it came from another user's page makes the page that user's", async () => {
    const { result } = page();
    answers["POST /v1/auth/email/send"] = () => Response.json({ code: "FORBIDDEN", detail: "No" }, { status: 403 });
    answers["GET /v1/auth/me"] = () => Response.json(bob);
    await expect(api.POST("/v1/auth/email/send")).rejects.toMatchObject({
      detail: expect.stringMatching(/another tab/),
    });
    await waitFor(() => expect(result.current.user?.id).toBe("bob"));
    expect(router.refresh).toHaveBeenCalled();
  });
});
