/** What this browser keeps for whoever writes here. Each name is written here and nowhere else, so that what is kept can be forgotten. */
export const DRAFT_KEY = "brief";
export const presetsKey = (userId: string) => `presets/${userId}`;
export const editKey = (jobId: string, format: string) => `${EDITS}${jobId}/${format}`;
const EDITS = "edit/";
const LEFT = "left";
const FORGOTTEN = "forgotten";

/** What is kept for all tabs and visits (local), or for this tab as long as it is there (session); null where the browser keeps nothing. */
export function keptIn(where: "local" | "session"): Storage | null {
  try {
    return where === "local" ? window.localStorage : window.sessionStorage;
  } catch {
    return null; // cookies are off
  }
}

/**
 * The brief that is being written and the edits that are not saved, in all tabs, for when somebody leaves of their own will. A session that
 * merely ends leaves them: who signs in again wants them back. Presets were saved to stay, and nobody else is shown them.
 */
export function forgetWork(): void {
  const local = keptIn("local");
  local?.removeItem(DRAFT_KEY);
  forgetEdits();
  dispatchEvent(new Event(FORGOTTEN));
  try {
    local?.setItem(LEFT, String(Date.now())); // heard by the other tabs
    local?.removeItem(LEFT);
  } catch {
    // no room: the other tabs keep theirs until they are closed
  }
}

/** All that is kept of an account that is deleted. */
export function forgetAccount(userId: string): void {
  keptIn("local")?.removeItem(presetsKey(userId));
  forgetWork();
}

/** Has this tab forget its edits when somebody leaves by another one. Returns what ends that. */
export function forgetWithOtherTabs(): () => void {
  return onLeft(forgetEdits);
}

/** Tells when the work is forgotten, in whichever tab: what still shows it is to let go of it. Returns what ends that. */
export function onForgotten(call: () => void): () => void {
  addEventListener(FORGOTTEN, call);
  const endLeft = onLeft(call);
  return () => {
    removeEventListener(FORGOTTEN, call);
    endLeft();
  };
}

function onLeft(call: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key === LEFT && event.newValue !== null) {
      call();
    }
  };
  addEventListener("storage", hear);
  return () => removeEventListener("storage", hear);
}

function forgetEdits(): void {
  const session = keptIn("session");
  for (const key of Object.keys(session ?? {})) {
    if (key.startsWith(EDITS)) {
      session?.removeItem(key);
    }
  }
}
