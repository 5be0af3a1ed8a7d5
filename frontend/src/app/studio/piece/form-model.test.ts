import { describe, expect, it } from "vitest";
import type { Artifact, Format } from "@/lib/api/types";
import { EDITOR_FIELDS, getItems, getTags, getText, moved, toTags, withItem, withMember } from "./form-model";
import { paragraphs } from "./lines";

const PIECES: Record<Format, Artifact> = {
  blog: {
    title: "T",
    introduction: "I",
    sections: [
      { heading: "H1", body: "B1" },
      { heading: "H2", body: "B2" },
    ],
    conclusion: "C",
  },
  social: {
    linkedin: "L",
    x: "X",
    facebook: "F",
    instagram: "In",
    hashtags: ["#a", "#b", "#c"],
    call_to_action: "Act",
  },
  audio: { intro_hook: "K", sections: [{ heading: "H", text: "T" }], conclusion: "C", pacing_notes: "P" },
  video: { hook: "K", scenes: [{ narration: "N", visual_cue: "V", on_screen_text: "O" }], conclusion: "C" },
};

/** All texts of a piece, wherever they are. */
function texts(value: unknown): string[] {
  return typeof value === "string"
    ? [value]
    : value && typeof value === "object"
      ? Object.values(value).flatMap(texts)
      : [];
}

describe.each(Object.entries(PIECES) as [Format, Artifact][])("editing a piece (%s)", (format, piece) => {
  it("reaches every text of it", () => {
    const reached = EDITOR_FIELDS[format].flatMap((field) =>
      field.kind === "text"
        ? [getText(piece, field.key)]
        : field.kind === "tags"
          ? getTags(piece).split(" ")
          : getItems(piece, field.key).flatMap((item) => field.fields.map((each) => item[each.key])),
    );
    expect(reached.toSorted()).toEqual(texts(piece).toSorted());
  });

  it("leaves the one that was read as it was", () => {
    const before = structuredClone(piece);
    for (const field of EDITOR_FIELDS[format]) {
      if (field.kind === "list") {
        withItem(piece, field.key, (items) => items.toSpliced(0, 1));
      } else {
        withMember(piece, field.key, "new");
      }
    }
    expect(piece).toEqual(before);
  });

  it("is compared by all that it says", () => {
    const compared = paragraphs(format, piece);
    for (const text of texts(piece)) {
      expect(compared).toContain(text);
    }
  });
});

describe("hashtags", () => {
  it.each([
    ["#a #b", ["#a", "#b"]],
    [" a,  #b ,c ", ["#a", "#b", "#c"]],
    ["# a", ["#a"]],
    ["", []],
  ])("are read as they are typed (%j)", (typed, tags) => {
    expect(toTags(typed)).toEqual(tags);
  });
});

describe("moving", () => {
  it("keeps all, in the new order", () => {
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "c", "b"]);
  });
});
