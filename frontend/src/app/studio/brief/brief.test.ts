import { describe, expect, it } from "vitest";
import { LANGUAGES, LENGTHS, problems, SAMPLES, sample, TONES, toRequest, withTopic } from "./brief";
import { readDraft } from "./draft";

describe("a brief", () => {
  it("is right as each of the samples has it", () => {
    for (const each of SAMPLES) {
      expect(problems(each)).toEqual({});
      expect(TONES).toContain(each.tone);
      expect(LENGTHS).toContain(each.length);
      expect(LANGUAGES.map(([tag]) => tag)).toContain(each.language);
    }
  });

  it("forgets whom a sample is for when the topic is another one, and keeps who was typed", () => {
    expect(withTopic(sample(0), "Growing basil")).toEqual({ topic: "Growing basil", audience: "" });
    const typed = { ...sample(0), audience: "Cooks" };
    expect(withTopic(typed, "Growing basil")).toEqual({ topic: "Growing basil" });
  });

  it("needs a topic that is more than blanks, and a format", () => {
    expect(problems({ ...sample(0), topic: " \n ", formats: [] })).toEqual({
      topic: expect.any(String),
      formats: expect.any(String),
    });
  });

  it("may have a topic of 5,000 code points, an emoji being one", () => {
    expect(problems({ ...sample(0), topic: "🐝".repeat(5_000) })).toEqual({});
    expect(problems({ ...sample(0), topic: "🐝".repeat(5_002) }).topic).toContain("2 characters too long");
  });

  it("is sent without what was left empty, its formats in their order", () => {
    const request = toRequest({
      ...sample(0),
      topic: " Bees ",
      formats: ["video", "blog"],
      audience: " ",
      brandVoice: "",
    });
    expect(request).toMatchObject({ topic: "Bees", formats: ["blog", "video"], audience: null, brand_voice: null });
  });
});

describe("a kept draft", () => {
  it("comes back as it was", () => {
    const brief = { ...sample(2), topic: "Mine" };
    expect(readDraft(JSON.stringify(brief))).toEqual(brief);
  });

  it.each([null, "", "{", "7", "null", '{"topic":7}'])("is none if it is not one of ours (%j)", (kept) => {
    expect(readDraft(kept)).toBeNull();
  });

  it("loses only what does not fit any more", () => {
    const old = JSON.stringify({
      topic: "Mine",
      formats: ["blog", "podcast"],
      tone: "angry",
      length: "short",
      language: "xx",
    });
    expect(readDraft(old)).toMatchObject({
      topic: "Mine",
      formats: ["blog"],
      tone: "friendly",
      language: "en",
      audience: "",
    });
  });
});
