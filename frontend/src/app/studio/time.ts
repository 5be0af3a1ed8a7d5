/** "48 s", "3 min 05 s" */
export function seconds(ms: number): string {
  const all = Math.floor(ms / 1_000);
  return all < 60 ? `${all} s` : `${Math.floor(all / 60)} min ${String(all % 60).padStart(2, "0")} s`;
}

/** "under a minute", "3 min" */
export function minutes(secondsOfIt: number): string {
  return secondsOfIt < 45 ? "under a minute" : `${Math.round(secondsOfIt / 60)} min`;
}
