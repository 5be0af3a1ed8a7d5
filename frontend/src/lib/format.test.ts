import { describe, expect, it } from "vitest";
import { date, exactly, inWords, money, type Reader, saving } from "./format";

const london: Reader = { dates: "en-GB", numbers: "en-GB", timeZone: "Europe/London" };
const tokyo: Reader = { dates: "en-US", numbers: "ja-JP", timeZone: "Asia/Tokyo" };

describe("money", () => {
  it("has the minor units of its currency, not always a hundred", () => {
    expect(money(999, "USD", { numbers: "en-US" })).toBe("$9.99");
    expect(money(500, "JPY", { numbers: "en-US" })).toBe("¥500");
    expect(money(1500, "BHD", { numbers: "en-US" })).toMatch(/1\.5/);
  });
  it("is written as the reader does", () => {
    expect(money(999, "EUR", { numbers: "de-DE" }).replace(/\s/g, " ")).toBe("9,99 €");
  });
  it("has no zeros behind a whole amount", () => {
    expect(money(1000, "USD", { numbers: "en-US" })).toBe("$10");
  });
  it("does not break on a currency that is none", () => {
    expect(money(999, "nonsense", { numbers: "en" })).toBe("9.99 nonsense");
  });
});

describe("dates", () => {
  it("are those of the reader's time zone", () => {
    expect(date("2026-11-30T20:00:00Z", london)).toBe("30 November 2026");
    expect(date("2026-11-30T20:00:00Z", tokyo)).toBe("December 1, 2026");
  });
  it("say by whose clock where it matters", () => {
    expect(exactly("2026-12-01T00:00:00Z", london)).toMatch(/1 December 2026.*00:00.*GMT/);
  });
});

describe("saving", () => {
  it("is rounded down, and never below nothing", () => {
    expect(saving({ monthly: 999, yearly: 9999 })).toBe(16);
    expect(saving({ monthly: 999, yearly: 12 * 999 })).toBe(0);
    expect(saving({ monthly: 999, yearly: 20000 })).toBe(0);
    expect(saving({ monthly: 0, yearly: 0 })).toBe(0);
  });
  it("loses no percent to fractions that have no end", () => {
    expect(saving({ monthly: 1000, yearly: 9600 })).toBe(20);
    expect(saving({ monthly: 1000, yearly: 10800 })).toBe(10);
  });
});

it("lists things as people do", () => {
  expect(inWords(["a", "b", "c"])).toBe("a, b and c");
});
