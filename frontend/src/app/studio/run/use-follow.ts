"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** Room below the last line, so that it is not read at the very edge, nor behind the stop bar. */
const ROOM = 112;

/** Keeps the end of a growing text in sight, for as long as the reader is at the end: whoever scrolls up is left alone. */
export function useFollow(live: boolean, length: number): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    if (!live) {
      return;
    }
    let last = window.scrollY;
    const onScroll = () => {
      const bottom = end.current?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY;
      if (window.scrollY < last) {
        follows.current = false;
      } else if (bottom <= window.innerHeight) {
        follows.current = true;
      }
      last = window.scrollY;
    };
    addEventListener("scroll", onScroll, { passive: true });
    return () => removeEventListener("scroll", onScroll);
  }, [live]);
  const before = useRef(Number.POSITIVE_INFINITY);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text has grown whenever its length has changed
  useLayoutEffect(() => {
    const box = end.current?.getBoundingClientRect();
    if (!box || !live) {
      return;
    }
    const wasInSight = before.current <= window.innerHeight;
    const over = box.bottom + ROOM - window.innerHeight;
    if (follows.current && wasInSight && over > 0) {
      window.scrollBy({ top: over, behavior: "instant" });
      before.current = box.bottom - over;
    } else {
      before.current = box.bottom;
    }
  }, [live, length]);
  return end;
}
