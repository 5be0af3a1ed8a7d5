import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { presetsKey } from "@/lib/kept";
import { sample, withTopic } from "../brief/brief";
import {
  isChosen,
  LONGEST_NAME,
  MOST,
  type Preset,
  putBack,
  readPresets,
  removePreset,
  renamePreset,
  savePreset,
  subscribe,
} from "./presets";

const brief = { ...sample(1), audience: " Cooks ", brandVoice: "We speak plainly." };
const names = () => readPresets("ada").map(({ name }) => name);
const first = () => readPresets("ada")[0] as Preset;

beforeEach(() => {
  expect(savePreset("ada", " Newsletter ", brief)).toBeNull();
});
afterEach(() => vi.restoreAllMocks());

describe("a preset", () => {
  it("holds all of a brief but what it is about", () => {
    expect(first()).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: "Newsletter",
      formats: ["social", "video"],
      tone: "casual",
      length: "short",
      language: "en",
      audience: "Cooks",
      brandVoice: "We speak plainly.",
    });
    expect(localStorage.getItem(presetsKey("ada"))).not.toContain(brief.topic);
    expect(isChosen(first(), { ...brief, ...withTopic(brief, "Another topic") })).toBe(true);
    expect(isChosen(first(), { ...brief, tone: "academic" })).toBe(false);
  });

  it("is its account's only", () => {
    expect(readPresets("bob")).toEqual([]);
    expect(savePreset("bob", "Bob's", brief)).toBeNull();
    expect(names()).toEqual(["Newsletter"]);
  });

  it("takes the place of the one that has its name, however that is written", () => {
    const { id } = first();
    expect(savePreset("ada", "NEWSLETTER", { ...brief, tone: "academic" })).toBeNull();
    expect(readPresets("ada")).toHaveLength(1);
    expect(first()).toMatchObject({ id, name: "NEWSLETTER", tone: "academic" });
  });

  it.each(["", "  ", "x".repeat(LONGEST_NAME + 1)])("needs a name that can be shown (%j)", (name) => {
    expect(savePreset("ada", name, brief)).toMatch(/name|characters/);
    expect(renamePreset("ada", first().id, name)).toMatch(/name|characters/);
    expect(names()).toEqual(["Newsletter"]);
  });

  it("is renamed, though not to the name of another", () => {
    savePreset("ada", "Podcast", brief);
    expect(renamePreset("ada", first().id, "podcast ")).toMatch(/Another/);
    expect(renamePreset("ada", first().id, "newsLetter")).toBeNull();
    expect(names()).toEqual(["newsLetter", "Podcast"]);
  });

  it("is deleted, and brought back where it was", () => {
    savePreset("ada", "Podcast", brief);
    const deleted = first();
    expect(removePreset("ada", deleted.id)).toBeNull();
    expect(names()).toEqual(["Podcast"]);
    expect(putBack("ada", deleted, 0)).toBeNull();
    expect(putBack("ada", deleted, 0)).toMatch(/cannot/);
    expect(names()).toEqual(["Newsletter", "Podcast"]);
  });
});

it("keeps twenty at most, and still replaces one of them", () => {
  for (let at = 2; at <= MOST; at++) {
    expect(savePreset("ada", `No. ${at}`, brief)).toBeNull();
  }
  expect(savePreset("ada", "One more", brief)).toContain("20 presets");
  expect(savePreset("ada", "No. 7", { ...brief, tone: "academic" })).toBeNull();
  expect(readPresets("ada")).toHaveLength(MOST);
  expect(names()).not.toContain("One more");
});

describe("what is kept", () => {
  const write = (value: unknown) =>
    localStorage.setItem(presetsKey("ada"), typeof value === "string" ? value : JSON.stringify(value));

  it.each(["", "{", "7", "null", '{"0":{}}', '["x",null,[]]'])("is none if it is not ours (%j)", (value) => {
    write(value);
    expect(readPresets("ada")).toEqual([]);
  });

  it("loses what does not fit, and keeps the rest", () => {
    const good = first();
    const wrong = [
      { ...good, id: "a", tone: "angry" },
      { ...good, id: "b", formats: ["podcast"] },
      { ...good, id: "c", formats: [] },
      { ...good, id: "d", language: "xx" },
      { ...good, id: "e", name: "" },
      { ...good, id: "f", brandVoice: "x".repeat(5_001) },
      { ...good, id: "g", audience: undefined },
      { ...good, name: "The same id twice" },
    ];
    write([good, ...wrong]);
    expect(readPresets("ada")).toEqual([good]);
  });

  it("is read no further than the bound", () => {
    write(Array.from({ length: 50 }, (_, at) => ({ ...first(), id: String(at), name: `No. ${at}` })));
    expect(readPresets("ada")).toHaveLength(MOST);
  });

  it("keeps its identity while it does not change, and tells when it does", () => {
    expect(readPresets("ada")).toBe(readPresets("ada"));
    const told = vi.fn();
    const end = subscribe(told);
    savePreset("ada", "Podcast", brief);
    end();
    savePreset("ada", "Another", brief);
    expect(told).toHaveBeenCalledTimes(1);
  });
});

it("says so when the browser has no room", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(savePreset("ada", "Podcast", brief)).toMatch(/no room/);
  expect(names()).toEqual(["Newsletter"]);
});
