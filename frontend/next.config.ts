import type { NextConfig } from "next";

/**
 * One code base, two builds. The static one (WEB_TARGET=static) goes into the service's jar; the other is a server of its own.
 * Files that end in `.server.ts` are pages, routes and the proxy of the server build only: the static build does not see them.
 */
const isStatic = process.env.WEB_TARGET === "static";

const config: NextConfig = {
  output: isStatic ? "export" : "standalone",
  pageExtensions: isStatic ? ["tsx", "ts"] : ["server.tsx", "server.ts", "tsx", "ts"],
  // The jar serves /x/ from x/index.html. On the server it would turn every /v1/... into a redirect.
  trailingSlash: isStatic,
  env: { WEB_TARGET: isStatic ? "static" : "server" },
  images: { unoptimized: true },
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  reactStrictMode: true,
  // Pages and scripts are compressed. What is piped from the service says no-transform and so is left alone (lib/server/pipe.ts).
  compress: true,
};

export default config;
