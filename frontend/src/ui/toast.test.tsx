import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { type Toast, ToastProvider, useToast } from "./toast";

function Maker({ toast }: { toast: Toast }) {
  const show = useToast();
  return (
    <button type="button" onClick={() => show(toast)}>
      Show
    </button>
  );
}

describe("a notice", () => {
  it("lets go of what waits with it when it is dismissed while it is pointed at", () => {
    const onHeld = vi.fn();
    render(
      <ToastProvider>
        <Maker toast={{ text: "Deleted", onHeld }} />
      </ToastProvider>,
    );
    fireEvent.click(screen.getByRole("button", { name: "Show" }));
    fireEvent.mouseEnter(screen.getByText("Deleted").parentElement as HTMLElement);
    expect(onHeld.mock.calls).toEqual([[true]]);
    fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByText("Deleted")).toBeNull();
    expect(onHeld.mock.lastCall).toEqual([false]);
  });
});
