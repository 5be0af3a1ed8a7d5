"use client";
import { lazy, Suspense } from "react";

const load = () => import("./markdown");
const Loaded = lazy(load);

/** Fetches what draws Markdown before it is needed, but not before the page itself is there. */
export function preloadMarkdown(): void {
  if ("requestIdleCallback" in window) {
    requestIdleCallback(() => void load().catch(() => undefined));
  } else {
    setTimeout(() => void load().catch(() => undefined), 1_000);
  }
}

type Props = {
  text: string;
  /** The level of the text's first heading */
  level?: number;
  /** Whether more is to come, so that marks may be open */
  open?: boolean;
};

/** Markdown of a model: drawn as text and elements we allow, never as HTML of its own. Until that can be drawn, the plain text. */
export function Markdown(props: Props) {
  return (
    <Suspense fallback={<p className="whitespace-pre-wrap">{props.text}</p>}>
      <Loaded {...props} />
    </Suspense>
  );
}
