/** Markdown cut where blocks end. All but the last never change any more while the text only grows. */
export type Blocks = { readonly done: readonly string[]; readonly last: string };

export const NO_BLOCKS: Blocks = { done: [], last: "" };

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Cuts a text at its empty lines, except within fenced code. `before` is the cut of a shorter text that this one begins with: only what
 * came after its last cut is looked at, so that each frame costs what it brings.
 */
export function cut(text: string, before: Blocks = NO_BLOCKS): Blocks {
  const start = text.length - restLength(text, before);
  const done: string[] = [];
  let fence: string | null = null;
  let from = start;
  let at = start;
  while (true) {
    const end = text.indexOf("\n", at);
    if (end < 0) {
      break;
    }
    const line = text.slice(at, end);
    const mark = FENCE.exec(line)?.[1];
    if (fence === null && mark) {
      fence = mark;
    } else if (fence !== null && mark?.startsWith(fence) && line.trim() === mark) {
      fence = null;
    } else if (fence === null && line.trim() === "" && at > from) {
      done.push(text.slice(from, end + 1));
      from = end + 1;
    }
    at = end + 1;
  }
  return { done: done.length > 0 ? [...before.done, ...done] : before.done, last: text.slice(from) };
}

function restLength(text: string, before: Blocks): number {
  return text.length - before.done.reduce((sum, block) => sum + block.length, 0);
}
