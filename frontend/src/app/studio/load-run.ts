import { preloadMarkdown } from "./markdown-lazy";

/** What shows a job: a file of its own, so that the brief is there sooner. */
export async function loadRun() {
  return { default: (await import("./run/run")).Run };
}

/** Fetches what a run needs once the page is there and idle, so that the first words need not wait for it. */
export function preloadRun(): void {
  const load = () => void loadRun().catch(() => undefined);
  if ("requestIdleCallback" in window) {
    requestIdleCallback(load);
  } else {
    setTimeout(load, 500);
  }
  preloadMarkdown();
}
