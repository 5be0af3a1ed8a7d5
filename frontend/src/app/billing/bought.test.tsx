import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Subscription } from "@/lib/billing";
import { Bought } from "./bought";

const subscription: Subscription = {
  id: "sub_1",
  provider: "stripe",
  test: false,
  tier: "pro",
  interval: "month",
  status: "active",
  live: true,
  period_end: "2026-12-23T10:00:00Z",
  cancels_at_period_end: false,
  ends_at: null,
  next_charge_at: "2026-12-23T10:00:00Z",
  next_charge: { currency: "USD", amount: 2999 },
  payment_problem: null,
};

it.each([
  [false, 1],
  [true, 0], // where no money moves there is no bill, and no page for one
])("leads to the bills where there are any (test provider: %s)", async (test, times) => {
  vi.stubGlobal("fetch", async () => Response.json({ data: [] }));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Bought subscription={{ ...subscription, test }} providers={[]} />
    </QueryClientProvider>,
  );
  expect(await screen.findByRole("button", { name: /^Cancel/ })).toBeTruthy();
  expect(screen.queryAllByRole("button", { name: "Bills and way of paying" })).toHaveLength(times);
});
