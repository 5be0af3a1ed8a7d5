import createClient from "openapi-fetch";
import { askForHolder, csrfHolder, type Holder } from "./csrf";
import { ApiError, errorOf, networkError } from "./error";
import type { paths } from "./schema";
import type { Me } from "./types";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const HEADER = "X-CSRF-Token";

/** Who wants to know what a writing call learns of the session by the way. */
export type SessionListener = {
  /** Another user than this page's is signed in, or nobody any more */
  onOther: (me: Me | null) => void;
  /** The service said 401: perhaps the session is over, perhaps a password was wrong */
  onRefused: () => void;
};
let listener: SessionListener | null = null;

export function listenToSession(next: SessionListener | null): void {
  listener = next;
}

/** The typed client of docs/openapi.yaml. It throws an ApiError for every answer that is not a success; see `ok`. */
export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "http://unused.invalid" : location.origin,
  credentials: "same-origin",
  headers: { accept: "application/json" },
  fetch: (request: Request) => send(request),
});

/** Sends with the token that belongs to the session, and throws an ApiError for whatever is not a success. */
export async function send(request: Request): Promise<Response> {
  if (SAFE.has(request.method)) {
    return orThrow(await tell(request));
  }
  const again = request.clone();
  if (csrfHolder() === undefined) {
    await askForHolder(tell);
  }
  const before = csrfHolder() ?? null;
  const response = await tell(withToken(request, before?.token ?? null));
  if (response.ok) {
    return response;
  }
  const refusal = await errorOf(response);
  if (refusal.status === 401) {
    listener?.onRefused();
  }
  if (refusal.status !== 403 || refusal.code !== "FORBIDDEN") {
    throw refusal;
  }
  return orThrow(await tell(withToken(again, await tokenOfOtherTab(before, refusal))));
}

/**
 * Another tab may have signed in since: its session has another token. What was written here goes out by that only if it is the same
 * user's, or if there was no account here yet; whoever else it is must not find in their account what they did not write.
 */
async function tokenOfOtherTab(before: Holder | null, refusal: ApiError): Promise<string> {
  const me = await askForHolder(tell);
  if (me === undefined) {
    throw refusal;
  }
  const other = (me?.id ?? null) !== (before?.userId ?? null);
  if (other) {
    listener?.onOther(me);
  }
  if (me === null || me.csrf_token === before?.token) {
    throw refusal;
  }
  if (other && before && !before.guest) {
    throw new ApiError(
      403,
      "FORBIDDEN",
      "You are signed in as somebody else in another tab, so nothing was sent. This page is theirs now.",
      refusal.requestId,
    );
  }
  return me.csrf_token;
}

function withToken(request: Request, token: string | null): Request {
  if (token) {
    request.headers.set(HEADER, token);
  }
  return request;
}

async function tell(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") {
      throw error;
    }
    throw networkError();
  }
}

async function orThrow(response: Response): Promise<Response> {
  if (!response.ok) {
    throw await errorOf(response);
  }
  return response;
}

/** The body of a success: `const job = await ok(api.GET("/v1/content/jobs/{id}", ...))`. */
export async function ok<T>(call: Promise<{ data?: T; response: Response }>): Promise<NonNullable<T>> {
  const { data, response } = await call;
  if (data === undefined || data === null) {
    throw new ApiError(
      response.status,
      "UNREADABLE",
      "The service answered with nothing where there should be something.",
    );
  }
  return data;
}

/** For answers without a body (204). */
export async function done(call: Promise<{ response: Response }>): Promise<void> {
  await call;
}
