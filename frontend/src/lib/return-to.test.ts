import { describe, expect, it } from "vitest";
import { returnPath, signInFrom, withReturn } from "./return-to";

describe("where one is sent after signing in", () => {
  it.each(["/studio?job=0199-aa", "/library", "/account#keys", "/pricing?plan=pro&interval=year"])("is %s", (path) => {
    expect(returnPath(path)).toBe(path);
  });
  it.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "/%2e//evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "evil.example",
    "/a b",
    `/${"x".repeat(600)}`,
    "",
    null,
    undefined,
  ])("is never %j", (path) => {
    expect(returnPath(path)).toBe("/");
  });
  it("is not the room one comes from", () => {
    expect(returnPath("/sign-in?return_to=/account")).toBe("/");
    expect(returnPath("/auth/callback")).toBe("/");
    expect(returnPath("/./sign-in")).toBe("/");
    expect(returnPath("/sign-in-help")).toBe("/sign-in-help");
  });
  it("travels in the address whole", () => {
    expect(withReturn("/sign-in", "/pricing?plan=pro&interval=year")).toBe(
      "/sign-in?return_to=%2Fpricing%3Fplan%3Dpro%26interval%3Dyear",
    );
    expect(withReturn("/sign-in", "/")).toBe("/sign-in");
    expect(withReturn("/sign-in", "//evil.example")).toBe("/sign-in");
  });
  it("is the page that is open, unless that is a door itself", () => {
    expect(signInFrom("/studio/?job=1")).toBe("/sign-in?return_to=%2Fstudio%3Fjob%3D1");
    expect(signInFrom("/library/")).toBe("/sign-in?return_to=%2Flibrary");
    expect(signInFrom("/")).toBe("/sign-in");
    expect(signInFrom("/sign-in/?return_to=%2Flibrary")).toBeNull();
  });
});
