"use client";
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";

const Speak = createContext<(text: string) => void>(() => undefined);

/** The page's one polite live region. It speaks changes of stage only, never text that streams. */
export function StatusRegion({ children }: { children: ReactNode }) {
  const [text, setText] = useState("");
  const last = useRef("");
  const speak = useCallback((next: string) => {
    // The same words twice are a change to nobody's ears: a no-break space makes them one.
    last.current = next && last.current === next ? `${next}\u00a0` : next;
    setText(last.current);
  }, []);
  return (
    <Speak.Provider value={speak}>
      {children}
      <div role="status" aria-live="polite" className="sr-only">
        {text}
      </div>
    </Speak.Provider>
  );
}

/** `const say = useStatus(); say("The editor has finished")` */
export function useStatus(): (text: string) => void {
  return useContext(Speak);
}
