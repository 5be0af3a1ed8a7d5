"use client";
import { useState } from "react";
import { copyText } from "@/lib/copy";
import { useStatus } from "./status";

/** A short text in machine letters that a click copies. */
export function CopyText({ text }: { text: string }) {
  const [told, setTold] = useState("");
  const say = useStatus();
  const tell = (news: string) => {
    setTold(news);
    say(news);
    setTimeout(() => setTold(""), 1_500);
  };
  return (
    <button
      type="button"
      title="Copy"
      className="max-w-full break-all rounded bg-sunken px-1.5 py-0.5 text-start font-mono text-sm text-ink hover:underline"
      onClick={() =>
        copyText(text).then(
          () => tell("copied"),
          () => tell("not copied: the browser did not let us"),
        )
      }
    >
      {text}
      <span aria-hidden="true" className="ms-1 font-sans text-accent">
        {told}
      </span>
    </button>
  );
}
