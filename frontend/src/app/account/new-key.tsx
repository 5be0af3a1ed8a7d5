"use client";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/ui/button";

/** A key that was just made: it is shown this once, and is gone with this box. */
export function NewKey({ name, secret, onDone }: { name: string; secret: string; onDone: () => void }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label={`The new key ${name}`}
      className="flex flex-col gap-3 rounded-xl bg-accent-wash px-5 py-4"
    >
      <p>
        <strong className="text-accent-strong">{name} is ready.</strong> Copy the key now: it is not shown again, and
        whoever has it can act for you.
      </p>
      <code className="rounded-lg border border-line bg-surface px-3 py-2 text-sm break-all select-all">{secret}</code>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          onClick={() =>
            void Promise.resolve(navigator.clipboard?.writeText(secret) ?? Promise.reject()).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          Copy the key
        </Button>
        <Button onClick={onDone}>I have it</Button>
        <span role="status" className="text-sm">
          {copied === true && "Copied."}
          {copied === false && "Your browser did not let us copy it: select it and copy it yourself."}
        </span>
      </div>
    </section>
  );
}
