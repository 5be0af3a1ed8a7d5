import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isStatic } from "@/lib/env";
import { readService, readSession } from "./server";

export type Prefetch = { key: QueryKey; path: `/v1/${string}` };

/**
 * On the server build: reads what a page will ask for, with the reader's cookie, so that it is there at once. In the static build, and
 * where the service does not answer, the same queries run in the browser. Use it around a page's client component, with the same keys.
 */
export async function Prefetched({ queries, children }: { queries: readonly Prefetch[]; children: ReactNode }) {
  if (isStatic || !(await readSession())) {
    return children;
  }
  const client = new QueryClient();
  await Promise.all(
    queries.map(({ key, path }) =>
      client.prefetchQuery({ queryKey: key, queryFn: () => readService(path), retry: false }),
    ),
  );
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
