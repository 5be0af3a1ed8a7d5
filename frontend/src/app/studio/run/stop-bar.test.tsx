import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { RunStore } from "@/lib/run/store";
import { StopBar } from "./stop-bar";

function show() {
  const onStop = vi.fn();
  render(
    <>
      <textarea aria-label="Text" />
      <div data-testid="elsewhere" />
      <StopBar store={new RunStore()} busy={false} onStop={onStop} />
    </>,
  );
  return onStop;
}

it("stops the crew by Esc", () => {
  const onStop = show();
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect(onStop).toHaveBeenCalledTimes(1);
});

it("leaves Esc to who writes, holds the key down, or composes a character", () => {
  const onStop = show();
  fireEvent.keyDown(screen.getByRole("textbox"), { key: "Escape" });
  fireEvent.keyDown(document.body, { key: "Escape", repeat: true });
  fireEvent.keyDown(document.body, { key: "Escape", isComposing: true });
  expect(onStop).not.toHaveBeenCalled();
});

it("leaves Esc to whoever has taken it already", () => {
  const onStop = show();
  const elsewhere = screen.getByTestId("elsewhere");
  elsewhere.addEventListener("keydown", (event) => event.preventDefault());
  fireEvent.keyDown(elsewhere, { key: "Escape" });
  expect(onStop).not.toHaveBeenCalled();
});
