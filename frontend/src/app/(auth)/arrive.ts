"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useCallback } from "react";
import type { SignedIn } from "@/lib/api/types";
import { returnPath } from "@/lib/return-to";
import { forgetPages } from "@/lib/session/forget-pages";
import { adoptSession } from "@/lib/session/session";

/** Where the address of this page says to go afterwards. */
export function useReturnTo(): string {
  return returnPath(useSearchParams().get("return_to"));
}

/** What follows a sign-in: the page becomes the user's, and they are where they wanted to be. */
export function useArrive(): (signedIn: SignedIn, to: string) => void {
  const queries = useQueryClient();
  const router = useRouter();
  return useCallback(
    (signedIn, to) => {
      adoptSession(queries, signedIn);
      router.replace(to);
      forgetPages(router);
    },
    [queries, router],
  );
}

/** The texts of a form's fields. */
export function texts<K extends string>(form: HTMLFormElement, ...names: K[]): Record<K, string> {
  const data = new FormData(form);
  return Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? "")])) as Record<K, string>;
}
