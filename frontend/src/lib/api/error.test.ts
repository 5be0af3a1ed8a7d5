import { expect, it } from "vitest";
import { errorOf } from "./error";

const refused = (path: string, status: number) => {
  const body = JSON.stringify({ status, code: "AUTH_ERROR", detail: "The service's words.", request_id: "r-1" });
  const answer = new Response(body, { status, headers: { "content-type": "application/problem+json" } });
  return Object.defineProperty(answer, "url", { value: `https://crew.example${path}` });
};

it.each([
  ["/v1/content/jobs/j", 401, "You are not signed in, or not any more. Sign in to go on."],
  ["/v1/auth/login", 401, "The service's words."],
  ["/v1/content/jobs/j", 403, "The service's words."],
])("tells readers without a session what they can do, not how to send a token (%s, %i)", async (path, status, text) => {
  expect(await errorOf(refused(path, status))).toMatchObject({ status, detail: text, requestId: "r-1" });
});
