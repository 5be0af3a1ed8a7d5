/** Shows a job in this page, or the brief; the way back leads to where one was. */
export function openJob(id: string | null): void {
  window.history.pushState(null, "", id ? `?job=${encodeURIComponent(id)}` : window.location.pathname);
}

/** Shows a job in the place of the one that the address names: the way back does not lead to that one, which would only lead here again. */
export function openInstead(id: string): void {
  window.history.replaceState(null, "", `?job=${encodeURIComponent(id)}`);
}
