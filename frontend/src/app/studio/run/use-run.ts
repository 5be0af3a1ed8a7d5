"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { api, ok } from "@/lib/api/client";
import { ApiError } from "@/lib/api/error";
import type { Job } from "@/lib/api/types";
import { isOver, type RunState } from "@/lib/run/state";
import { RunStore } from "@/lib/run/store";
import { type Link, watch } from "@/lib/run/stream";

export const jobKey = (id: string) => ["job", id] as const;
export const readJob = (id: string): Promise<Job> => ok(api.GET("/v1/content/jobs/{id}", { params: { path: { id } } }));

/** A part of what is known of a job. It must keep its identity while it does not change. */
export function useRunPart<T>(store: RunStore, part: (state: RunState) => T): T {
  return useSyncExternalStore(
    store.subscribe,
    () => part(store.get()),
    () => part(store.get()),
  );
}

type Run = {
  store: RunStore;
  job: Job | undefined;
  link: Link;
  error: unknown;
  /** Whether the error is one that trying again will not mend, or all there is */
  broken: boolean;
  stop: () => Promise<void>;
};

const UNSEEN_MS = 5_000;

/**
 * Watches a job for as long as the component is there: the job itself does not care who watches. One that is not in sight has no stream,
 * and is asked now and then whether it is over: a browser opens six connections to a service for all tabs, so each tab is to have one stream.
 */
export function useRun(id: string, inSight = true): Run {
  const queries = useQueryClient();
  const [store] = useState(() => {
    const known = queries.getQueryData<Job>(jobKey(id));
    const made = new RunStore();
    if (known) {
      made.join(known);
    }
    return made;
  });
  const [link, setLink] = useState<Link>({ state: "connecting" });
  const { data, error } = useQuery({
    queryKey: jobKey(id),
    queryFn: () => readJob(id),
    staleTime: 0,
    // While it runs its stream tells all; once it is over, another tab may have made a newer version.
    refetchInterval: ({ state }) => (inSight || (state.data && isOver(state.data.status)) ? false : UNSEEN_MS),
    refetchOnWindowFocus: ({ state }) => state.data !== undefined && isOver(state.data.status),
  });

  // What was read is forgotten when a session ends; what is on the page, and typed into it, is not to go with that.
  const last = useRef(data);
  last.current = data ?? last.current;
  const job = last.current;

  useEffect(() => {
    if (job) {
      store.join(job);
    }
  }, [job, store]);

  // A job that ended well has nothing more to tell than what was read; one that broke off may have kept text in its stream.
  const whole = job?.status === "completed";
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
  useEffect(() => {
    if (whole || refused) {
      setLink({ state: "closed" });
      return;
    }
    if (!inSight) {
      setLink({ state: "connecting" });
      return;
    }
    return watch({
      store,
      jobId: id,
      readJob,
      onLink: (next) => {
        setLink(next);
        if (next.state === "closed") {
          void queries.invalidateQueries({ queryKey: jobKey(id) });
          void queries.invalidateQueries({ queryKey: ["usage"] });
          void queries.invalidateQueries({ queryKey: ["jobs"] });
        }
      },
    });
  }, [id, inSight, queries, refused, store, whole]);

  const endedUnseen = !inSight && job !== undefined && isOver(job.status);
  useEffect(() => {
    if (endedUnseen) {
      void queries.invalidateQueries({ queryKey: ["usage"] });
      void queries.invalidateQueries({ queryKey: ["jobs"] });
    }
  }, [endedUnseen, queries]);

  const stop = useCallback(async () => {
    const after = await ok(api.POST("/v1/content/jobs/{id}/cancel", { params: { path: { id } } }));
    if (isOver(after.status)) {
      store.join(after);
    }
  }, [id, store]);
  const lost = link.state === "lost";
  return {
    store,
    job,
    link,
    error: lost ? link.error : error,
    broken: lost || refused || (error !== null && job === undefined),
    stop,
  };
}
