"use client";
import { send } from "@/lib/api/client";
import { csrfToken } from "@/lib/api/csrf";
import { ApiError } from "@/lib/api/error";

export const HOLD_MS = 8_000;

type Held = { run: () => Promise<void>; timer: ReturnType<typeof setTimeout> | null };

/**
 * Deletes that wait for a while, as nobody reads "are you sure?". Until then nothing has happened, so taking it back cannot fail. When the
 * page goes, what waits is done at once: who deleted something and closed the tab meant it.
 */
export class HeldDeletes {
  private readonly held = new Map<string, Held>();
  private readonly listeners = new Set<() => void>();
  /** Not to be shown: what waits, and what is gone */
  private hidden: ReadonlySet<string> = new Set();

  constructor(
    private readonly send: (path: string) => Promise<unknown>,
    private readonly sendAtTheEnd: (path: string) => void,
  ) {}

  /** Hides what is at the path, and deletes it later. It is shown again if that fails. */
  hold(path: string, onFailure: (error: unknown) => void): void {
    if (this.held.has(path)) {
      return;
    }
    const run = async () => {
      this.held.delete(path);
      try {
        await this.send(path);
      } catch (error) {
        this.show(path);
        onFailure(error);
      }
    };
    this.held.set(path, { run, timer: setTimeout(run, HOLD_MS) });
    this.setHidden(new Set(this.hidden).add(path));
  }

  /** Takes it back; false if it is too late. */
  undo(path: string): boolean {
    const entry = this.held.get(path);
    if (!entry) {
      return false;
    }
    clear(entry);
    this.held.delete(path);
    this.show(path);
    return true;
  }

  /** Takes back what was deleted last, and says what that was. */
  undoLast(): string | null {
    const last = [...this.held.keys()].at(-1);
    return last !== undefined && this.undo(last) ? last : null;
  }

  /** While the offer to take it back is being looked at, time stands still. */
  pause(path: string): void {
    const entry = this.held.get(path);
    if (entry) {
      clear(entry);
      entry.timer = null;
    }
  }

  resume(path: string): void {
    const entry = this.held.get(path);
    if (entry && entry.timer === null) {
      entry.timer = setTimeout(entry.run, HOLD_MS);
    }
  }

  /** The user changes: whatever waits is sent by who deleted it, and has been answered before anything else happens. */
  async flushNow(): Promise<void> {
    await Promise.all(
      [...this.held.values()].map((entry) => {
        clear(entry);
        return entry.run();
      }),
    );
  }

  /** The page goes: whatever waits is sent now, in a way that outlives the page. */
  flush(): void {
    for (const [path, entry] of this.held) {
      clear(entry);
      this.sendAtTheEnd(path);
    }
    this.held.clear();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly hiddenNow = (): ReadonlySet<string> => this.hidden;

  private show(path: string): void {
    const next = new Set(this.hidden);
    next.delete(path);
    this.setHidden(next);
  }

  private setHidden(next: ReadonlySet<string>): void {
    this.hidden = next;
    for (const listener of this.listeners) {
      listener();
    }
  }
}

function clear({ timer }: Held): void {
  if (timer !== null) {
    clearTimeout(timer);
  }
}

/** A DELETE that the browser finishes when the page has gone. Nobody hears what becomes of it. */
export function deleteAtTheEnd(path: string): void {
  const token = csrfToken();
  void fetch(path, {
    method: "DELETE",
    keepalive: true,
    credentials: "same-origin",
    headers: token ? { "X-CSRF-Token": token } : {},
  }).catch(() => undefined);
}

/** What waits goes on waiting while one looks at other pages, and is done when the browser leaves this site's page. */
export const deletes = new HeldDeletes(deleteUnlessGone, deleteAtTheEnd);

if (typeof window !== "undefined") {
  addEventListener("pagehide", () => deletes.flush());
}

/** Gone already is as good as deleted. */
async function deleteUnlessGone(path: string): Promise<void> {
  try {
    await send(
      new Request(new URL(path, location.origin), { method: "DELETE", headers: { accept: "application/json" } }),
    );
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) {
      throw error;
    }
  }
}
