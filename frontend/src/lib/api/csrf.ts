import type { Me } from "./types";

/** Whose session the token belongs to, as far as this page knows. */
export type Holder = { token: string; userId: string | null; guest: boolean };

/**
 * The token that requests with the session cookie must show. It lives in memory only and is no secret that opens anything by itself.
 * undefined: not asked for yet; null: nobody is signed in.
 */
let holder: Holder | null | undefined;

export function setCsrfToken(token: string | null | undefined, user?: Pick<Me, "id" | "guest"> | null): void {
  holder = typeof token === "string" ? { token, userId: user?.id ?? null, guest: user?.guest ?? false } : token;
}

export function csrfHolder(): Holder | null | undefined {
  return holder;
}

export function csrfToken(): string | undefined {
  return holder?.token;
}

/** Asks who is signed in, past all caches. undefined: that could not be learnt, so nothing is taken to have changed. */
export async function askForHolder(send: typeof fetch): Promise<Me | null | undefined> {
  const response = await send("/v1/auth/me", { headers: { accept: "application/json" }, cache: "no-store" });
  if (!response.ok && response.status !== 401) {
    return undefined;
  }
  const me = response.ok ? ((await response.json()) as Me) : null;
  setCsrfToken(me?.csrf_token ?? null, me);
  return me;
}
