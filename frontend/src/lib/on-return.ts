"use client";
import { useEffect, useRef } from "react";

/**
 * Calls when the reader comes back to this very page by the browser's Back: it is then shown as it was left, with a button that still
 * waits for the other site.
 */
export function useOnReturn(call: () => void): void {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => event.persisted && latest.current();
    addEventListener("pageshow", onShow);
    return () => removeEventListener("pageshow", onShow);
  }, []);
}
