import { cache } from "react";
import type { Me } from "@/lib/api/types";
import { isStatic } from "@/lib/env";
import { serviceUrl } from "@/lib/server/service";

const COOKIE = /(?:^|;\s*)(?:__Host-)?ccrew_session=/;
const PATIENCE_MS = 2_000;

/** Reads from the service with the cookie of the request that is answered. Only in the server build. */
export async function readService(path: `/v1/${string}`): Promise<unknown> {
  const { headers } = await import("next/headers");
  const from = await headers();
  const to = new Headers({ accept: "application/json" });
  for (const name of ["cookie", "x-forwarded-for", "user-agent"]) {
    const value = from.get(name);
    if (value) {
      to.set(name, value);
    }
  }
  const answer = await fetch(new URL(path, serviceUrl()), {
    headers: to,
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) {
    throw new Error(`${path} answered ${answer.status}`);
  }
  return answer.json();
}

/** Who is signed in, once per request: null if nobody is, undefined where that is left to the browser to find out. */
export const readSession = cache(async (): Promise<Me | null | undefined> => {
  if (isStatic) {
    return undefined;
  }
  const { headers } = await import("next/headers");
  if (!COOKIE.test((await headers()).get("cookie") ?? "")) {
    return null;
  }
  try {
    return (await readService("/v1/auth/me")) as Me;
  } catch {
    return undefined; // a page must come up even when the service does not; the browser asks again
  }
});
