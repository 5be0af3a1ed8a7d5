import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { tokenOf, useLetterToken } from "./letter-token";

describe("the token of a letter", () => {
  it("is read from behind the #", () => {
    expect(tokenOf("#token=abc-_1")).toBe("abc-_1");
    expect(tokenOf("#token=")).toBeNull();
    expect(tokenOf("#other=1")).toBeNull();
    expect(tokenOf("")).toBeNull();
  });
  it("is gone from the address at once, and still known", () => {
    history.replaceState(null, "", "/reset-password?x=1#token=secret");
    const { result, rerender } = renderHook(useLetterToken);
    expect(result.current).toBe("secret");
    expect(location.href).not.toContain("secret");
    expect(location.search).toBe("?x=1");
    rerender();
    expect(result.current).toBe("secret");
  });
  it("of a second letter takes the place of the first", () => {
    history.replaceState(null, "", "/reset-password#token=first");
    const { result } = renderHook(useLetterToken);
    history.replaceState(null, "", "/reset-password#token=second");
    act(() => {
      dispatchEvent(new Event("hashchange"));
    });
    expect(result.current).toBe("second");
    expect(location.hash).toBe("");
  });
  it("may not be there", () => {
    history.replaceState(null, "", "/reset-password");
    expect(renderHook(useLetterToken).result.current).toBeNull();
  });
});
