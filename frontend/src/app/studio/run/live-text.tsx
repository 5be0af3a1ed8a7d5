"use client";
import { memo, useRef } from "react";
import type { TaskName } from "@/lib/api/types";
import { type Blocks, cut, NO_BLOCKS } from "@/lib/run/blocks";
import type { RunStore } from "@/lib/run/store";
import { Markdown } from "../markdown-lazy";
import { useFollow } from "./use-follow";
import { useRunPart } from "./use-run";

type Props = { store: RunStore; task: TaskName; live: boolean; lang?: string };

/** The text of an agent while it is written. Blocks that are complete are drawn once; only the last one is drawn again. */
export function LiveText({ store, task, live, lang }: Props) {
  const text = useRunPart(store, (state) => state.tasks.find((each) => each.task === task)?.text ?? "");
  const before = useRef<{ text: string; blocks: Blocks }>({ text: "", blocks: NO_BLOCKS });
  if (before.current.text !== text) {
    const grew = text.startsWith(before.current.text);
    before.current = { text, blocks: cut(text, grew ? before.current.blocks : NO_BLOCKS) };
  }
  const { done, last } = before.current.blocks;
  const end = useFollow(live, text.length);
  return (
    <div className="prose" lang={lang} dir="auto" aria-busy={live || undefined}>
      {done.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end
        <DoneBlock key={index} text={block} />
      ))}
      {last.trim() !== "" && <LastBlock text={last} />}
      {live && <span aria-hidden="true" className="caret" />}
      <div ref={end} />
    </div>
  );
}

/** Signs that can mean something in Markdown. Most paragraphs have none of them, and need no parser in each frame. */
const MARKS = /[*_`~#[\]<>|\\&]|https?:|www\.|^\s*(?:[-+=]|\d+[.)])| {2}\n|@/m;

function LastBlock({ text }: { text: string }) {
  return MARKS.test(text) ? <Markdown text={text} level={2} open /> : <p>{text.trim()}</p>;
}

const DoneBlock = memo(function DoneBlock({ text }: { text: string }) {
  return text.trim() === "" ? null : <Markdown text={text} level={2} />;
});
