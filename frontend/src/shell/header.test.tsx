import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { SESSION_KEY } from "@/lib/session/session";
import { Header } from "./header";

vi.mock("next/navigation", () => ({ usePathname: () => "/library", useRouter: () => ({}) }));

it("closes its narrow menu by Esc, which goes no further, and has the focus back on the button", () => {
  const queries = new QueryClient();
  queries.setQueryData(SESSION_KEY, null);
  const beyond = vi.fn();
  document.addEventListener("keydown", beyond);
  render(
    <QueryClientProvider client={queries}>
      <Header />
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Open the menu" }));
  const link = document.querySelector<HTMLElement>("#rooms a");
  link?.focus();
  expect(fireEvent.keyDown(link as HTMLElement, { key: "Escape" })).toBe(false);
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Open the menu" }));
  expect(beyond).not.toHaveBeenCalled();

  fireEvent.keyDown(document.activeElement as HTMLElement, { key: "Escape" });
  expect(beyond).toHaveBeenCalledTimes(1); // closed already: not the menu's any more
  document.removeEventListener("keydown", beyond);
});
