import { describe, expect, it } from "vitest";
import { cut, NO_BLOCKS } from "./blocks";
import { random } from "./log.fixture";

const PARTS = [
  "Words and more. ",
  "\n",
  "\n\n",
  "## Head\n\n",
  "- item\n",
  "```js\n",
  "let a;\n\nlet b;\n",
  "```\n",
  "🐝",
  "   \n",
  "~~~~\n",
];

describe("cutting text into blocks", () => {
  it("keeps every character, in order", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const next = random(seed);
      const text = Array.from({ length: 40 }, () => PARTS[next(PARTS.length)]).join("");
      const { done, last } = cut(text);
      expect(done.join("") + last).toBe(text);
    }
  });

  it("gives the same blocks however the text grew", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const next = random(seed);
      const text = Array.from({ length: 40 }, () => PARTS[next(PARTS.length)]).join("");
      let blocks = NO_BLOCKS;
      for (let at = 0; at < text.length; at += 1 + next(9)) {
        blocks = cut(text.slice(0, at), blocks);
      }
      expect(cut(text, blocks)).toEqual(cut(text));
    }
  });

  it("never changes a block that is done, so that it is drawn once", () => {
    const before = cut("One.\n\nTwo");
    const after = cut("One.\n\nTwo.\n\nThree", before);
    expect(after.done).toEqual(["One.\n\n", "Two.\n\n"]);
    expect(cut("One.\n\nTwo, longer", before).done).toBe(before.done);
  });

  it("does not cut within fenced code", () => {
    const code = "```js\na\n\nb\n```\n\n";
    expect(cut(`${code}After`)).toEqual({ done: [code], last: "After" });
  });
});
