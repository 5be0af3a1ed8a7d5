"use client";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { listenToSession } from "@/lib/api/client";
import { setCsrfToken } from "@/lib/api/csrf";
import { ApiError } from "@/lib/api/error";
import type { Me } from "@/lib/api/types";
import { forgetWithOtherTabs } from "@/lib/kept";
import { ToastProvider } from "@/ui/toast";
import { forgetPages } from "./forget-pages";
import { adoptUser, dropSession, SESSION_KEY, SessionOfPage } from "./session";

export function Providers({ session, children }: { session: Me | null | undefined; children: ReactNode }) {
  const [queries] = useState(() => newQueries(session));
  const router = useRouter();
  useEffect(() => {
    listenToSession({
      onOther: (me) => {
        adoptUser(queries, me);
        forgetPages(router);
      },
      // Asked rather than dropped: a wrong password is a 401 too
      onRefused: () => {
        if (queries.getQueryData(SESSION_KEY)) {
          void queries.invalidateQueries({ queryKey: SESSION_KEY });
        }
      },
    });
    return () => listenToSession(null);
  }, [queries, router]);
  useEffect(forgetWithOtherTabs, []);
  return (
    <QueryClientProvider client={queries}>
      <SessionOfPage value={session}>
        <ToastProvider>{children}</ToastProvider>
      </SessionOfPage>
    </QueryClientProvider>
  );
}

function newQueries(session: Me | null | undefined): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const signedOut = error instanceof ApiError && error.status === 401;
        if (signedOut && query.queryKey[0] !== SESSION_KEY[0] && queries.getQueryData(SESSION_KEY)) {
          dropSession(queries);
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < 2 && error instanceof ApiError && error.passes,
      },
    },
  });
  if (session !== undefined) {
    queries.setQueryData(SESSION_KEY, session);
    if (typeof window !== "undefined") {
      setCsrfToken(session?.csrf_token ?? null, session);
    }
  }
  return queries;
}
