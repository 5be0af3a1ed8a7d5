"use client";
import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { IconButton } from "./button";

export type Toast = {
  text: string;
  action?: { label: string; onClick: () => void };
  tone?: "plain" | "danger";
  /** Told when it begins to wait, and when it goes on: what its action would undo must wait as long */
  onHeld?: (held: boolean) => void;
};
type Shown = Toast & { id: number };

const Show = createContext<(toast: Toast) => void>(() => undefined);
const LIFE_MS = 8_000;
let nextId = 1;

/** Short news at the foot of the page, with one thing to do about it, such as Undo. It waits while it is pointed at or has the focus; the next one takes its place, as what it offered may not be right any more. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const show = useCallback((toast: Toast) => setShown([{ ...toast, id: nextId++ }]), []);
  const drop = useCallback((id: number) => setShown((now) => now.filter((each) => each.id !== id)), []);
  return (
    <Show.Provider value={show}>
      {children}
      <section
        aria-label="Notices"
        aria-live="polite"
        className="no-print pointer-events-none fixed inset-x-0 bottom-20 z-50 flex flex-col items-center gap-2 p-4"
      >
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDone={drop} />
        ))}
      </section>
    </Show.Provider>
  );
}

function ToastCard({ toast, onDone }: { toast: Shown; onDone: (id: number) => void }) {
  const { onHeld } = toast;
  const [held, setHeldState] = useState(false);
  const setHeld = (next: boolean) => {
    setHeldState(next);
    onHeld?.(next);
  };
  // Dismissed while it is pointed at, it is never left: what waits with it must go on all the same
  useEffect(() => () => onHeld?.(false), [onHeld]);
  useEffect(() => {
    if (held) {
      return;
    }
    const timer = setTimeout(() => onDone(toast.id), LIFE_MS);
    return () => clearTimeout(timer);
  }, [held, onDone, toast.id]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while it is looked at; all that acts in it is a button
    <div
      className="pointer-events-auto flex max-w-full items-center gap-2 rounded-xl bg-ink py-1.5 ps-4 pe-1.5 text-paper shadow-card"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="py-1">{toast.text}</span>
      {toast.action && (
        <button
          type="button"
          className="min-h-9 rounded-md px-3 font-semibold underline underline-offset-4 focus-visible:outline-paper"
          onClick={() => {
            toast.action?.onClick();
            onDone(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      )}
      <IconButton
        label="Dismiss"
        className="size-9 text-paper hover:bg-transparent focus-visible:outline-paper"
        onClick={() => onDone(toast.id)}
      >
        <X size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** `const toast = useToast(); toast({ text: "Deleted", action: { label: "Undo", onClick } })` */
export function useToast(): (toast: Toast) => void {
  const show = useContext(Show);
  return useMemo(() => show, [show]);
}
