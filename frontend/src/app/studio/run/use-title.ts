"use client";
import { useEffect } from "react";

const LONGEST = 80;

/** Names the window after what is in it, for as long as it is there. */
export function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (!name) {
      return;
    }
    const before = document.title;
    const own = `${short(name)} · Content Crew`;
    document.title = own;
    return () => {
      // another page may have set its own by now
      if (document.title === own) {
        document.title = before;
      }
    };
  }, [name]);
}

/** A topic may be a whole page. */
function short(name: string): string {
  const points = Array.from(name.trim().replace(/\s+/g, " "));
  return points.length > LONGEST ? `${points.slice(0, LONGEST).join("").trimEnd()}…` : points.join("");
}
