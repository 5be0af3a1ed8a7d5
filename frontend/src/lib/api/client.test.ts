import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, listenToSession, ok } from "./client";
import { csrfToken, setCsrfToken } from "./csrf";
import { ApiError } from "./error";

type Answer = { status?: number; json?: unknown; headers?: Record<string, string> };

/** A service that answers in turn, and remembers what it was asked. */
function service(...answers: (Answer | "broken")[]): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    asked.push(input instanceof Request ? input.clone() : new Request(new URL(String(input), location.href), init));
    const answer = answers.shift() ?? {};
    if (answer === "broken") {
      throw new TypeError("fetch failed");
    }
    return new Response(answer.json === undefined ? null : JSON.stringify(answer.json), {
      status: answer.status ?? 200,
      headers: { "content-type": "application/json", ...answer.headers },
    });
  });
  return asked;
}

const problem = (status: number, code: string, more: object = {}): Answer => ({
  status,
  headers: { "content-type": "application/problem+json" },
  json: { type: "t", title: "T", status, detail: "because", instance: "/x", code, request_id: "r-1", ...more },
});
const brief = { body: { topic: "Bees", formats: ["blog" as const] } };

const onOther = vi.fn();
const onRefused = vi.fn();

beforeEach(() => {
  setCsrfToken("token-1", { id: "ada", guest: false });
  onOther.mockReset();
  onRefused.mockReset();
  listenToSession({ onOther, onRefused });
});
afterEach(() => {
  listenToSession(null);
  vi.unstubAllGlobals();
});

describe("the API client", () => {
  it("shows the session's token when it writes, not when it reads", async () => {
    const asked = service({ json: { data: [] } }, { status: 201, json: { id: "j" } });
    await api.GET("/v1/content/jobs");
    await api.POST("/v1/content/generate", brief);
    expect(asked.map((each) => each.headers.get("x-csrf-token"))).toEqual([null, "token-1"]);
  });

  it("asks for the token before the first write if it is not known", async () => {
    setCsrfToken(undefined);
    const asked = service({ json: { csrf_token: "fresh" } }, { status: 201, json: { id: "j" } });
    await api.POST("/v1/content/generate", brief);
    expect(asked.map((each) => new URL(each.url).pathname)).toEqual(["/v1/auth/me", "/v1/content/generate"]);
    expect(asked[1]?.headers.get("x-csrf-token")).toBe("fresh");
  });

  it("writes again, once, with the token of a session that the same user has opened in another tab", async () => {
    const asked = service(
      problem(403, "FORBIDDEN"),
      { json: { id: "ada", guest: false, csrf_token: "token-2" } },
      { status: 201, json: { id: "j" } },
    );
    const job = await ok(api.POST("/v1/content/generate", brief));
    expect(job.id).toBe("j");
    expect(asked[2]?.headers.get("x-csrf-token")).toBe("token-2");
    expect(await asked[2]?.json()).toEqual(brief.body);
    expect(onOther).not.toHaveBeenCalled();
  });

  it("does not write as somebody else who has signed in in another tab, and hands the page over to them", async () => {
    const bob = { id: "bob", guest: false, csrf_token: "token-2" };
    const asked = service(problem(403, "FORBIDDEN"), { json: bob });
    await expect(api.POST("/v1/content/generate", brief)).rejects.toMatchObject({
      status: 403,
      detail: expect.stringContaining("signed in as somebody else in another tab"),
    });
    expect(asked).toHaveLength(2);
    expect(onOther.mock.calls).toEqual([[bob]]);
  });

  it("does not even where two of a page's writes are refused at once", async () => {
    const bob = { id: "bob", guest: false, csrf_token: "token-2" };
    const asked = service(
      problem(403, "FORBIDDEN"),
      problem(403, "FORBIDDEN"),
      ...Array.from({ length: 2 }, () => ({ json: bob })),
    );
    const both = await Promise.allSettled([
      api.POST("/v1/content/generate", brief),
      api.POST("/v1/content/generate", brief),
    ]);
    expect(both.map((each) => each.status)).toEqual(["rejected", "rejected"]);
    expect(asked.filter((each) => each.method === "POST")).toHaveLength(2);
  });

  it.each([
    ["a guest's", () => setCsrfToken("token-1", { id: "guest", guest: true })],
    ["nobody's", () => setCsrfToken(null)],
  ])("writes again for whoever has signed in where the page was %s, and hands it over", async (_, begin) => {
    begin();
    const bob = { id: "bob", guest: false, csrf_token: "token-2" };
    const asked = service(problem(403, "FORBIDDEN"), { json: bob }, { status: 201, json: { id: "j" } });
    await api.POST("/v1/content/generate", brief);
    expect(asked[2]?.headers.get("x-csrf-token")).toBe("token-2");
    expect(onOther.mock.calls).toEqual([[bob]]);
  });

  it("says that nobody is signed in any more where that is why it was refused", async () => {
    service(problem(403, "FORBIDDEN"), problem(401, "AUTH_ERROR"));
    await expect(api.POST("/v1/content/generate", brief)).rejects.toMatchObject({ status: 403, detail: "because" });
    expect(onOther.mock.calls).toEqual([[null]]);
  });

  it("takes nobody for signed out because the service is down", async () => {
    service(problem(403, "FORBIDDEN"), problem(503, "SERVICE_UNAVAILABLE"));
    await expect(api.POST("/v1/content/generate", brief)).rejects.toMatchObject({ status: 403, detail: "because" });
    expect(onOther).not.toHaveBeenCalled();
    expect(csrfToken()).toBe("token-1");
  });

  it("tells when a write is refused for want of a session", async () => {
    service(problem(401, "AUTH_ERROR"));
    await expect(api.POST("/v1/content/generate", brief)).rejects.toMatchObject({ status: 401 });
    expect(onRefused).toHaveBeenCalledTimes(1);
  });

  it("does not write again when the token was right", async () => {
    const asked = service(problem(403, "FORBIDDEN"), { json: { id: "ada", guest: false, csrf_token: "token-1" } });
    await expect(api.POST("/v1/content/generate", brief)).rejects.toMatchObject({ status: 403 });
    expect(asked).toHaveLength(2);
  });

  it("does not ask for a token when the plan refuses", async () => {
    const asked = service(
      problem(403, "PLAN_LIMIT_EXCEEDED", {
        limit_name: "monthly_pieces",
        limit: 1,
        used: 1,
        plan: "free",
        upgrade_to: "basic",
      }),
    );
    const error = await api.POST("/v1/content/generate", brief).catch((thrown) => thrown);
    expect(error.planLimit?.upgrade_to).toBe("basic");
    expect(asked).toHaveLength(1);
  });

  it("turns a problem into an error with all that a reader needs", async () => {
    const errors = [{ pointer: "/topic", code: "too_long", message: "at most 5,000 characters" }];
    service({ ...problem(422, "VALIDATION_ERROR", { errors }) });
    const error = await api.POST("/v1/content/generate", brief).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 422,
      code: "VALIDATION_ERROR",
      detail: "because",
      requestId: "r-1",
      passes: false,
    });
    expect(error.fieldError("/topic")).toBe("at most 5,000 characters");
    expect(error.fieldError("/tone")).toBeUndefined();
  });

  it("reads how long to wait", async () => {
    const refused = problem(429, "RATE_LIMITED");
    service({ ...refused, headers: { ...refused.headers, "retry-after": "7" } });
    await expect(api.GET("/v1/usage")).rejects.toMatchObject({ retryAfter: 7, passes: true });
  });

  it("makes do with the status of an answer that is no problem document", async () => {
    service({ status: 502, headers: { "content-type": "text/html", "x-request-id": "r-9" }, json: "<html>" });
    await expect(api.GET("/v1/usage")).rejects.toMatchObject({
      status: 502,
      code: "UNREADABLE",
      requestId: "r-9",
      passes: true,
    });
  });

  it("makes do with a problem document that was cut short", async () => {
    vi.stubGlobal(
      "fetch",
      async () => new Response('{"code":', { status: 500, headers: { "content-type": "application/problem+json" } }),
    );
    await expect(api.GET("/v1/usage")).rejects.toMatchObject({ status: 500, code: "UNREADABLE" });
  });

  it("says that the service could not be reached", async () => {
    service("broken");
    await expect(api.GET("/v1/usage")).rejects.toMatchObject({ status: 0, code: "NETWORK", passes: true });
  });

  it("passes an abort on as what it is", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new DOMException("gone", "AbortError");
    });
    await expect(api.GET("/v1/usage")).rejects.toMatchObject({ name: "AbortError" });
  });
});
