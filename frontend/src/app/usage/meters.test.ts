import { describe, expect, it } from "vitest";
import type { Usage } from "@/lib/api/types";
import { meterOf, pressureOf } from "./meters";

const en = { numbers: "en" };

function usage(used: number, reserved: number, limit: number | null): Usage {
  const some = { used, reserved, limit, remaining: limit === null ? null : Math.max(0, limit - used - reserved) };
  const none = { used: 0, reserved: 0, limit: 10, remaining: 10 };
  return {
    tier: "free",
    period_start: "2026-11-01T00:00:00Z",
    resets_at: "2026-12-01T00:00:00Z",
    active_jobs: 0,
    active_jobs_limit: 2,
    formats: { blog: some, social: none, audio: none, video: none },
  };
}

describe("a meter", () => {
  it("says what is used, what is left, and of how much", () => {
    expect(meterOf("blog", usage(3, 0, 10), en)).toMatchObject({ text: "3 of 10 used, 7 left", value: 3, max: 10 });
  });
  it("counts what is being written, and says so", () => {
    expect(meterOf("blog", usage(3, 2, 10), en)).toMatchObject({
      text: "3 of 10 used, 2 being written, 5 left",
      value: 5,
    });
  });
  it("has no end where there is no limit", () => {
    expect(meterOf("blog", usage(1234, 0, null), en)).toMatchObject({ text: "1,234 used, no limit", max: null });
  });
  it("does not go below nothing left after a downgrade", () => {
    expect(meterOf("blog", usage(40, 0, 10), en).text).toBe("40 of 10 used, 0 left");
  });
});

describe("a larger plan is spoken of", () => {
  it("not before 80 %", () => expect(pressureOf(usage(7, 0, 10)).level).toBe("none"));
  it("from 80 % on", () => expect(pressureOf(usage(7, 1, 10)).level).toBe("near"));
  it("in other words when nothing is left", () => {
    expect(pressureOf(usage(10, 0, 10))).toEqual({
      level: "full",
      formats: ["blog"],
      text: "You have no blog posts left for now.",
    });
  });
  it("where a plan has none of a format", () => expect(pressureOf(usage(0, 0, 0)).level).toBe("full"));
  it("never where there is no limit", () => expect(pressureOf(usage(900, 0, null)).level).toBe("none"));
});
