import { renderToString } from "react-dom/server";
import { afterEach, expect, it, vi } from "vitest";
import type { StoredArtifact } from "@/lib/api/types";
import { Facts } from "./facts";

const stored = {
  format: "blog",
  version: 1,
  origin: "edited",
  note: null,
  demo: false,
  notes: [],
  created_at: "2026-11-23T23:30:00Z",
} as unknown as StoredArtifact;

afterEach(() => vi.unstubAllEnvs());

it("says when in a way that no machine's zone changes, until it is known who reads", () => {
  vi.stubEnv("TZ", "Asia/Tokyo");
  expect(renderToString(<Facts stored={stored} />)).toContain("23 Nov 2026, 23:30");
});
