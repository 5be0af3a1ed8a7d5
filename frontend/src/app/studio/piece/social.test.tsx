import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Network, PostMeasure } from "@/lib/api/types";
import { ToastProvider } from "@/ui/toast";
import { NETWORK_NAMES, NETWORKS, Social } from "./social";

const posts = { linkedin: "L", x: "Ab", facebook: "F", instagram: "Ig", hashtags: [], call_to_action: "Come" };
const measures = NETWORKS.map(
  (network): PostMeasure => ({ network, count: 3205, limit: 2200, fold_at: null, parts: ["first", "second"] }),
);
const post = (network: Network) => screen.getByRole("region", { name: NETWORK_NAMES[network] });
const show = () =>
  render(
    <ToastProvider>
      <Social posts={posts} measures={measures} lang="en" />
    </ToastProvider>,
  );

it("shows a post for X that is too long as the thread that it becomes", () => {
  show();
  expect(post("x").textContent).toContain("3,205 of 2,200: a thread of 2");
  expect(within(post("x")).getAllByRole("listitem")).toHaveLength(2);
});

it.each(["linkedin", "facebook", "instagram"] as const)("says by how much a post is too long for %s", (network) => {
  show();
  expect(post(network).textContent).toContain("3,205 of 2,200: 1,005 too many");
  expect(within(post(network)).queryByRole("listitem")).toBeNull();
  expect(within(post(network)).getByText(posts[network])).toBeTruthy();
});
