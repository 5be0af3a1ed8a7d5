import { describe, expect, it } from "vitest";
import { filterOf, NO_FILTER, queryOf } from "./jobs";

describe("a filter in an address", () => {
  it("names only what is chosen", () => {
    expect(queryOf(NO_FILTER).toString()).toBe("");
    expect(queryOf({ q: "  solar & wind ", format: "blog", status: "failed" }).toString()).toBe(
      "q=solar+%26+wind&format=blog&status=failed",
    );
  });
  it("comes back as it went", () => {
    const filter = { q: "Tee für zwei", format: "video", status: "completed" } as const;
    expect(filterOf(queryOf(filter))).toEqual(filter);
  });
  it("is none where the address says nonsense", () => {
    expect(filterOf(new URLSearchParams("format=poem&status=lost"))).toEqual(NO_FILTER);
  });
  it("looks for no more than the service takes, and cuts no character in two", () => {
    const q = queryOf({ ...NO_FILTER, q: "😀".repeat(300) }).get("q") ?? "";
    expect(Array.from(q)).toHaveLength(200);
    expect(q.endsWith("😀")).toBe(true);
  });
});
