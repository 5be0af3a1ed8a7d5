import type { QueryClient } from "@tanstack/react-query";
import { api, ok } from "@/lib/api/client";
import { ApiError } from "@/lib/api/error";
import { adoptSession, askWho, SESSION_KEY } from "./session";

/** Makes sure that somebody is signed in: where nobody is, the service lets a guest in, who may write a first piece without an account. */
export async function enterAsGuest(queries: QueryClient): Promise<void> {
  const user = await queries.fetchQuery({ queryKey: SESSION_KEY, queryFn: askWho, staleTime: 60_000 });
  if (user) {
    return;
  }
  try {
    adoptSession(queries, await ok(api.POST("/v1/auth/guest", { body: {} })));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) {
      throw error;
    }
    await queries.fetchQuery({ queryKey: SESSION_KEY, queryFn: askWho, staleTime: 0 }); // another tab was first
  }
}
