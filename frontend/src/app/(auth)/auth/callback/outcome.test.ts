import { describe, expect, it } from "vitest";
import { outcomeOf } from "./outcome";

describe("coming back from a provider", () => {
  it.each(["signed_in", "signed_up", "linked"])("%s is an arrival", (status) => {
    expect(outcomeOf(status, null).arrived).toBeTruthy();
  });
  it.each([
    "invalid_state",
    "cancelled",
    "provider_refused",
    "provider_unavailable",
    "account_exists",
    "identity_taken",
    "not_allowed",
  ])("%s is explained in words of its own", (error) => {
    expect(outcomeOf("error", error)).not.toEqual(outcomeOf("error", "made_up"));
  });
  it("shows no words that an address brings along", () => {
    for (const word of ["<b>", "constructor", "__proto__", ""]) {
      expect(outcomeOf("error", word)).toEqual(outcomeOf(null, null));
      expect(outcomeOf(word, null).arrived).toBeUndefined();
    }
  });
});
