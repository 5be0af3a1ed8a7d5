import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { AfterCheckout } from "./after-checkout";

afterEach(() => vi.unstubAllGlobals());

function comeBack(status: string, as: "paid" | "left" = "paid"): void {
  const answers: Record<string, unknown> = {
    "/v1/billing/subscription": { tier: "pro", subscription: { tier: "pro", live: true, status } },
    "/v1/tiers": { data: [{ id: "pro", name: "Pro" }] },
  };
  vi.stubGlobal("fetch", async (input: Request) => Response.json(answers[new URL(input.url).pathname]));
  history.replaceState(null, "", `/billing?${as}=1`);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <AfterCheckout back={as} />
    </QueryClientProvider>,
  );
}

it("tells of the plan once: the address forgets that it was paid when it has arrived", async () => {
  comeBack("active");
  expect(await screen.findByText(/Pro is yours/)).toBeTruthy();
  expect(location.pathname + location.search).toBe("/billing");
});

it("keeps the address as long as it waits, so that a reload waits on", async () => {
  comeBack("incomplete");
  expect(await screen.findByText(/Waiting for the payment provider/)).toBeTruthy();
  expect(location.search).toBe("?paid=1");
});

it("tells once that the payment page was left", async () => {
  comeBack("incomplete", "left");
  expect(screen.getByText(/You have left the payment page/)).toBeTruthy();
  expect(location.pathname + location.search).toBe("/billing");
});
