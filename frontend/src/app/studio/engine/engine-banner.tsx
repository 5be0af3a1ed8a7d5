"use client";
import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Engine } from "@/lib/api/types";
import { IconButton } from "@/ui/button";
import { useStatus } from "@/ui/status";
import { isReal } from "./engine";
import { useEngine } from "./use-engine";

/** News, once: a model has come, where none was a moment ago. Those who came when it was there already are told nothing. */
export default function EngineBanner() {
  const { engine, who } = useEngine();
  const say = useStatus();
  const [model, setModel] = useState<string | null>(null);
  const before = useRef<{ who: typeof who; engine: Engine } | null>(null);
  useEffect(() => {
    if (!engine) {
      return;
    }
    const last = before.current;
    before.current = { who, engine };
    if (!isReal(engine)) {
      setModel(null);
    } else if (engine.status === "ready" && last && last.who === who && !isReal(last.engine)) {
      setModel(engine.model);
      say(textOf(engine.model));
    }
  }, [engine, say, who]);
  if (model === null) {
    return null;
  }
  return (
    <div className="no-print mx-auto mb-6 flex max-w-3xl items-center justify-between gap-3 rounded-xl border border-accent bg-accent-wash py-2 ps-5 pe-2">
      <p className="min-w-0 py-1 break-words">{textOf(model)}</p>
      <IconButton label="Dismiss" onClick={() => setModel(null)}>
        <X size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function textOf(model: string): string {
  return `${model} is available; new pieces are written by it.`;
}
