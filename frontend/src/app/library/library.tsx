"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { deletes } from "@/lib/held-deletes";
import { isOver } from "@/lib/run/state";
import { RequireUser } from "@/lib/session/require-user";
import { Button, ButtonLink } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { ErrorPanel } from "@/ui/error-panel";
import { Loading } from "@/ui/loading";
import { useStatus } from "@/ui/status";
import { useDeletes } from "./deletes";
import { Filters } from "./filters";
import { filterOf, JOBS_KEY, listJobs, NO_FILTER, pathOf, queryOf } from "./jobs";
import { PieceRow } from "./piece-row";

export function Library() {
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="title">Library</h1>
        <ButtonLink href="/" variant="primary">
          New brief
        </ButtonLink>
      </div>
      <RequireUser what="your pieces">{(_, guest) => <Pieces guest={guest} />}</RequireUser>
    </div>
  );
}

const NOTHING: ReadonlySet<string> = new Set();

function Pieces({ guest }: { guest: boolean }) {
  const query = useSearchParams();
  const [filter, setFilterState] = useState(() => filterOf(query));
  const hidden = useSyncExternalStore(deletes.subscribe, deletes.hiddenNow, () => NOTHING);
  const list = useRef<HTMLUListElement>(null);
  const say = useStatus();
  const remove = useDeletes();
  const jobs = useInfiniteQuery({
    queryKey: [...JOBS_KEY, filter],
    queryFn: ({ pageParam, signal }) => listJobs(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.data.some((each) => !isOver(each.status))) ? 5_000 : false,
  });
  const setFilter = (next: typeof filter) => {
    setFilterState(next);
    const text = queryOf(next).toString();
    history.replaceState(null, "", text ? `?${text}` : location.pathname);
  };

  const pieces = jobs.data?.pages.flatMap((page) => page.data).filter((each) => !hidden.has(pathOf(each.id)));
  const filtered = queryOf(filter).size > 0;
  const found = jobs.isPlaceholderData ? undefined : pieces?.length;
  useEffect(() => {
    if (filtered && found !== undefined) {
      say(found === 0 ? "No piece matches" : `${found}${jobs.hasNextPage ? " or more" : ""} found`);
    }
  }, [filtered, found, jobs.hasNextPage, say]);

  const more = async () => {
    const before = pieces?.length ?? 0;
    await jobs.fetchNextPage();
    // The button may be gone now: go on reading where the new ones begin.
    list.current?.querySelectorAll<HTMLElement>("li a")[before]?.focus();
  };

  return (
    <>
      {guest && (
        <p className="flex flex-wrap items-center justify-between gap-4 rounded-xl bg-accent-wash px-5 py-4">
          <span className="min-w-0 flex-1 basis-60">
            You write as a guest. Without an account these pieces are deleted after some days.
          </span>
          <ButtonLink href="/sign-up?return_to=%2Flibrary" variant="primary">
            Sign up to keep your work
          </ButtonLink>
        </p>
      )}
      <Filters filter={filter} onChange={setFilter} />
      {pieces === undefined ? (
        jobs.error ? (
          <ErrorPanel error={jobs.error} what="Your pieces could not be loaded" onRetry={() => void jobs.refetch()} />
        ) : (
          <Loading what="your pieces" rows={5} />
        )
      ) : pieces.length === 0 && !jobs.hasNextPage ? (
        filtered ? (
          <EmptyState
            title="No piece matches"
            action={<Button onClick={() => setFilter(NO_FILTER)}>Show all pieces</Button>}
          >
            All words must be in the title or the topic. Try fewer, or another format or state.
          </EmptyState>
        ) : (
          <EmptyState
            title="Nothing written yet"
            action={
              <ButtonLink href="/" variant="primary">
                Write the first one
              </ButtonLink>
            }
          >
            Whatever the crew writes for you is kept here, also what you stop half-way.
          </EmptyState>
        )
      ) : (
        <>
          <ul
            ref={list}
            aria-label="Pieces"
            aria-busy={jobs.isPlaceholderData}
            className="card divide-y divide-line aria-busy:opacity-60"
          >
            {pieces.map((each) => (
              <PieceRow key={each.id} piece={each} onDelete={() => remove(each, list.current)} />
            ))}
          </ul>
          {jobs.error && (
            <ErrorPanel error={jobs.error} what="More could not be loaded" onRetry={() => void jobs.fetchNextPage()} />
          )}
          {jobs.hasNextPage && (
            <Button className="self-center" busy={jobs.isFetchingNextPage} onClick={() => void more()}>
              Show older ones
            </Button>
          )}
        </>
      )}
    </>
  );
}
