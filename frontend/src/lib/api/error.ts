import type { components } from "./schema";

export type Problem = components["schemas"]["Problem"];
export type PlanLimitProblem = components["schemas"]["PlanLimitProblem"];
export type FieldError = { pointer: string; code: string; message: string };

/** What the service refused, or that it could not be asked. `code` is one of the codes of docs/openapi.yaml, or one of our two below. */
export type ErrorCode = Problem["code"] | "NETWORK" | "UNREADABLE";

export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    readonly detail: string,
    readonly requestId: string | null = null,
    readonly errors: readonly FieldError[] = [],
    readonly retryAfter: number | null = null,
    readonly problem: Problem | null = null,
  ) {
    super(`${code}: ${detail}`);
  }

  /** Whether the same request may go through later, with nothing changed. */
  get passes(): boolean {
    return this.code === "NETWORK" || this.status === 429 || this.status >= 502 || this.status === 408;
  }

  /** The plan's refusal with its figures, or null. */
  get planLimit(): PlanLimitProblem | null {
    return this.code === "PLAN_LIMIT_EXCEEDED" && this.problem && "limit_name" in this.problem
      ? (this.problem as PlanLimitProblem)
      : null;
  }

  /** What is wrong with one member of the request: `fieldError("/topic")`. */
  fieldError(pointer: string): string | undefined {
    return this.errors.find((each) => each.pointer === pointer)?.message;
  }
}

export function networkError(): ApiError {
  return new ApiError(0, "NETWORK", "The service could not be reached. Look at your connection, then try again.");
}

/** The service's own words tell programs how to send a token: nothing that a reader can do. */
const SIGNED_OUT = "You are not signed in, or not any more. Sign in to go on.";

/** There it is the address or the password that was wrong, and the service says so. */
function isSignIn(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname === "/v1/auth/login";
}

/** Reads a refusal. Whatever it is that answered, what comes out can be shown. */
export async function errorOf(response: Response): Promise<ApiError> {
  const requestId = response.headers.get("x-request-id");
  const retryAfter = seconds(response.headers.get("retry-after"));
  const problem = await problemIn(response);
  if (problem && response.status === 401 && !isSignIn(response.url)) {
    return new ApiError(401, problem.code, SIGNED_OUT, problem.request_id ?? requestId, [], retryAfter, problem);
  }
  if (problem) {
    return new ApiError(
      response.status,
      problem.code,
      problem.detail,
      problem.request_id ?? requestId,
      problem.errors ?? [],
      retryAfter,
      problem,
    );
  }
  const detail = `The service answered ${response.status} without saying why.`;
  return new ApiError(response.status, "UNREADABLE", detail, requestId, [], retryAfter);
}

async function problemIn(response: Response): Promise<Problem | null> {
  if (!/\bjson\b/.test(response.headers.get("content-type") ?? "")) {
    return null;
  }
  try {
    const body: unknown = await response.json();
    return isProblem(body) ? body : null;
  } catch {
    return null; // cut short on its way: the status alone must do
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body;
}

function seconds(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Any thrown thing as an error that can be shown. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError
    ? error
    : new ApiError(0, "UNREADABLE", error instanceof Error ? error.message : "Something went wrong in this page.");
}
