"use client";
import { Copy } from "lucide-react";
import { useState } from "react";
import { copyText } from "@/lib/copy";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { useStatus } from "@/ui/status";
import { commandIn } from "./engine";
import { useEngine } from "./use-engine";

/** Said beside the brief where no model would write it: what would, or what is missing. */
export default function EngineNote() {
  const { engine } = useEngine();
  if (!engine || (engine.status === "ready" && !engine.demo)) {
    return null;
  }
  if (engine.status === "ready") {
    return (
      <p className="mt-4 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-sm text-soft">
        <Badge tone="warn">Offline sample writer</Badge>
        <span>
          The service writes samples: no model is in use. Where it looks for Ollama, it will be noticed once it runs.
        </span>
      </p>
    );
  }
  return (
    <section aria-label="The model" className="mt-4 rounded-xl border border-warn bg-warn-wash px-5 py-4">
      {engine.status === "model_missing" ? (
        <>
          <p className="font-semibold break-words text-warn">The model {engine.model} is missing</p>
          <p className="mt-1 break-words">{engine.remedy}</p>
          <CopyCommand command={commandIn(engine.remedy)} />
        </>
      ) : (
        <>
          <p className="font-semibold text-warn">No model answers at the moment</p>
          <p className="mt-1 break-words">{engine.reason}</p>
        </>
      )}
      <p className="mt-2 text-sm text-soft">This page keeps looking, and your brief is kept.</p>
    </section>
  );
}

function CopyCommand({ command }: { command: string }) {
  const [told, setTold] = useState<"Copied" | "Not copied: the browser did not let us" | null>(null);
  const say = useStatus();
  const tell = (news: NonNullable<typeof told>) => {
    setTold(news);
    say(news);
  };
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <code className="max-w-full rounded-lg bg-surface px-3 py-1.5 font-mono text-sm break-all">{command}</code>
      <Button
        size="sm"
        aria-label={`Copy ${command}`}
        icon={<Copy size={15} aria-hidden="true" />}
        onClick={() =>
          copyText(command).then(
            () => tell("Copied"),
            () => tell("Not copied: the browser did not let us"),
          )
        }
      >
        Copy
      </Button>
      <span aria-hidden="true" className="text-sm text-soft">
        {told}
      </span>
    </div>
  );
}
