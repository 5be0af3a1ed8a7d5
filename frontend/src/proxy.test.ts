// @vitest-environment node
import { unstable_doesMiddlewareMatch } from "next/experimental/testing/server";
import { describe, expect, it } from "vitest";
import { config } from "./proxy.server";

const hasPolicy = (url: string) => unstable_doesMiddlewareMatch({ config, url, nextConfig: {} });

describe("the policy of pages", () => {
  it.each([
    "/",
    "/studio?job=1",
    "/library",
    "/docsomething",
    "/x.txt",
    "/library/x.png",
    "/openapi.yamls",
    "/_next/x",
  ])("is on %s", (url) => expect(hasPolicy(url)).toBe(true));

  it.each([
    "/v1/usage",
    "/api/auth/x",
    "/docs",
    "/docs/",
    "/docs/a.js",
    "/openapi.yaml",
    "/icon.svg",
    "/_next/static/a.js",
  ])("is not on %s, which is the service's or a file", (url) => expect(hasPolicy(url)).toBe(false));
});
