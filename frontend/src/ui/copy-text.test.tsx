import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CopyText } from "./copy-text";
import { StatusRegion } from "./status";

let selected: string | undefined;
let allowed: boolean;

beforeEach(() => {
  selected = undefined;
  allowed = true;
  // jsdom has neither a clipboard nor this, as a page on plain http has no clipboard
  document.execCommand = vi.fn(() => {
    selected = getSelection()?.toString();
    return allowed;
  });
});
afterEach(() => {
  Reflect.deleteProperty(document, "execCommand");
  Reflect.deleteProperty(navigator, "clipboard");
});

function click(): void {
  render(
    <StatusRegion>
      <CopyText text="req-7" />
    </StatusRegion>,
  );
  fireEvent.click(screen.getByRole("button", { name: "req-7" }));
}

it("copies by the clipboard where there is one, and says so once", async () => {
  const writeText = vi.fn(async () => undefined);
  Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
  click();
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("copied"));
  expect(writeText).toHaveBeenCalledWith("req-7");
  expect(screen.getAllByRole("status")).toHaveLength(1);
  expect(screen.getByRole("button").title).toBe("Copy");
});

it("copies also on plain http, where there is none", async () => {
  click();
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("copied"));
  expect(selected).toBe("req-7");
  expect(document.querySelector("pre")).toBeNull();
});

it("says so when the browser does not copy", async () => {
  allowed = false;
  click();
  await waitFor(() => expect(screen.getByRole("status").textContent).toMatch(/not copied/));
});
