"use client";
import { useEffect, useState } from "react";

/**
 * The token of a letter's link. It stands behind the #, so no server and no log sees it; it is taken out of the address at once, so that
 * neither the history nor a shared screen keeps it. undefined: not looked yet; null: there is none.
 */
export function useLetterToken(): string | null | undefined {
  const [token, setToken] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    const take = () => {
      const found = tokenOf(location.hash);
      if (found) {
        history.replaceState(history.state, "", location.pathname + location.search);
      }
      setToken((before) => found ?? before ?? null);
    };
    take();
    addEventListener("hashchange", take); // another letter's link, opened over this page
    return () => removeEventListener("hashchange", take);
  }, []);
  return token;
}

export function tokenOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token") || null;
}
