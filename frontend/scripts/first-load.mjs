// What a first look at a page costs: the scripts that it names, as they travel. The studio must stay below the limit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotli11 } from "./compress.mjs";

export const LIMIT = 150_000;

/** The scripts of a page that today's browsers run (`nomodule` is for older ones), each once, with their packed sizes. */
export async function firstLoad(folder, page = "index.html") {
  const tags = readFileSync(join(folder, page), "utf8").match(/<script\b[^>]*>/gi) ?? [];
  const named = tags
    .filter((tag) => !/\snomodule\b/i.test(tag))
    .map((tag) => /\ssrc="([^"?#]+)/i.exec(tag)?.[1])
    .filter((src) => src !== undefined);
  if (named.length === 0) {
    throw new Error(
      `${page} names no scripts, so there is nothing to measure: has the way in which pages name them changed?`,
    );
  }
  const scripts = await Promise.all(
    [...new Set(named)].map(async (src) => ({ src, bytes: (await brotli11(readFileSync(join(folder, src)))).length })),
  );
  return { scripts, bytes: scripts.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Throws, with what is largest, if it is too much. */
export async function checkFirstLoad(folder, limit = LIMIT) {
  const { scripts, bytes } = await firstLoad(folder);
  if (bytes > limit) {
    const largest = scripts.toSorted((one, other) => other.bytes - one.bytes).slice(0, 8);
    throw new Error(
      [
        `The studio's first load is ${bytes} bytes of packed scripts, and ${limit} is the most.`,
        "Have what it does not need at once come later (React.lazy), or do without. The largest:",
        ...largest.map((each) => `  ${String(each.bytes).padStart(7)}  ${each.src}`),
      ].join("\n"),
    );
  }
  return bytes;
}
