"use client";
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, useCallback, useContext } from "react";
import { useAlive } from "@/lib/alive";
import { api, done, ok } from "@/lib/api/client";
import { setCsrfToken } from "@/lib/api/csrf";
import { ApiError } from "@/lib/api/error";
import type { Me, SignedIn } from "@/lib/api/types";
import { deletes } from "@/lib/held-deletes";
import { forgetWork } from "@/lib/kept";
import { forgetPages } from "./forget-pages";

export const SESSION_KEY = ["session"] as const;

/** Who is signed in; null if nobody is. If it is not who it was, what was read for them is forgotten. */
export async function askWho({ client }: { client: QueryClient }): Promise<Me | null> {
  const me = await whoIsIt();
  const before = client.getQueryData<Me | null>(SESSION_KEY);
  if (before && before.id !== me?.id) {
    forgetOthers(client);
  }
  setCsrfToken(me?.csrf_token ?? null, me);
  return me;
}

async function whoIsIt(): Promise<Me | null> {
  try {
    return await ok(api.GET("/v1/auth/me"));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      return null;
    }
    throw error;
  }
}

export type Session = {
  /** null: nobody; undefined: not known yet */
  user: Me | null | undefined;
  /** Whether the user has no account of his own, only what the service gave him for a first piece. */
  guest: boolean;
  error: unknown;
};

/** Who was signed in when the page was made; undefined in the static build, where nobody can know. */
export const SessionOfPage = createContext<Me | null | undefined>(undefined);

export function useSession(): Session {
  const { data, error } = useQuery({ queryKey: SESSION_KEY, queryFn: askWho, staleTime: 60_000 });
  const ofPage = useContext(SessionOfPage);
  const alive = useAlive();
  const user = alive ? data : ofPage;
  return { user, guest: isGuest(user), error: alive ? error : null };
}

export function isGuest(user: Me | null | undefined): boolean {
  return user?.guest ?? false;
}

/**
 * After signup, login, guest or verification: the page is the new user's. What was read for another is forgotten. Whoever comes in these
 * ways has a password, but guests; by a provider one comes in a page that is loaded anew, and asks.
 */
export function adoptSession(queries: QueryClient, signedIn: Pick<SignedIn, "csrf_token" | "user">): void {
  adoptUser(queries, { ...signedIn.user, has_password: !signedIn.user.guest, csrf_token: signedIn.csrf_token });
}

/** When the session is over (signed out, deleted, or the service said 401). */
export function dropSession(queries: QueryClient): void {
  adoptUser(queries, null);
}

/** The page belongs to whoever that is now. */
export function adoptUser(queries: QueryClient, me: Me | null): void {
  setCsrfToken(me?.csrf_token ?? null, me);
  forgetOthers(queries);
  queries.setQueryData(SESSION_KEY, me);
}

function forgetOthers(queries: QueryClient): void {
  queries.removeQueries({
    predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] && query.queryKey[0] !== "public",
  });
}

/** Leaves nothing behind: what waits to be deleted is deleted first, and neither pages nor unfinished work are kept for who comes next. */
export function useSignOut(): () => Promise<void> {
  const leave = useLeave();
  return useCallback(async () => {
    await deletes.flushNow();
    try {
      await done(api.POST("/v1/auth/logout"));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) {
        throw error;
      }
    }
    leave();
  }, [leave]);
}

/** The user is gone from this browser, of their own will: signed out, or deleted. */
export function useLeave(): () => void {
  const queries = useQueryClient();
  const router = useRouter();
  return useCallback(() => {
    forgetWork();
    dropSession(queries);
    forgetPages(router);
  }, [queries, router]);
}
