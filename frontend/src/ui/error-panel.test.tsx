import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { ApiError } from "@/lib/api/error";
import { ErrorPanel } from "./error-panel";

const show = (path: string, error: ApiError) => {
  history.replaceState(null, "", path);
  render(<ErrorPanel error={error} what="It was not saved" />);
};
const signedOut = new ApiError(401, "AUTH_ERROR", "You are not signed in.");

it("leads to the sign-in and back where the session is over", () => {
  show("/studio?job=1", signedOut);
  expect(screen.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe(
    "/sign-in?return_to=%2Fstudio%3Fjob%3D1",
  );
});

it("does not on the sign-in itself, where it is the password that was wrong", () => {
  show("/sign-in", signedOut);
  expect(screen.queryByRole("link")).toBeNull();
});

it("does not for other refusals", () => {
  show("/library", new ApiError(403, "FORBIDDEN", "That is not allowed."));
  expect(screen.queryByRole("link")).toBeNull();
});
