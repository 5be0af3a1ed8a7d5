"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, done, ok } from "@/lib/api/client";
import { dateTime, useReader } from "@/lib/format";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { ErrorPanel } from "@/ui/error-panel";
import { Loading } from "@/ui/loading";
import { useStatus } from "@/ui/status";
import { deviceName } from "./device";

const KEY = ["sessions"] as const;

export function Sessions() {
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: () => ok(api.GET("/v1/auth/sessions")) });
  const queries = useQueryClient();
  const reader = useReader();
  const say = useStatus();
  const [asking, setAsking] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const settle = () => queries.invalidateQueries({ queryKey: KEY });
  const end = useMutation({
    mutationFn: (id: string) => done(api.DELETE("/v1/auth/sessions/{id}", { params: { path: { id } } })),
    onSuccess: () => say("The session has ended"),
    onSettled: settle,
  });
  const endOthers = useMutation({
    mutationFn: () => done(api.DELETE("/v1/auth/sessions", { params: { query: { except: "current" } } })),
    onSuccess: () => say("All other sessions have ended"),
    onSettled: () => {
      setAsking(false);
      void settle();
    },
  });
  const count = data?.data.length ?? 0;
  const before = useRef(count);
  useEffect(() => {
    if (count < before.current && document.activeElement === document.body) {
      list.current?.focus(); // the button that had it went with its row
    }
    before.current = count;
  }, [count]);
  if (!data) {
    return error ? (
      <ErrorPanel error={error} what="Your sessions could not be loaded" onRetry={refetch} />
    ) : (
      <Loading what="your sessions" rows={2} />
    );
  }
  const others = data.data.filter((each) => !each.current).length;
  return (
    <>
      <ul ref={list} tabIndex={-1} aria-label="Sessions" className="flex flex-col divide-y divide-line">
        {data.data.map((each) => (
          <li
            key={each.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0"
          >
            <div className="min-w-0 flex-1 basis-52">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium" title={each.device}>
                {deviceName(each.device)} {each.current && <Badge tone="accent">This one</Badge>}
              </p>
              <p className="text-sm text-soft">Since {dateTime(each.created_at, reader)}</p>
            </div>
            {!each.current && (
              <Button
                size="sm"
                busy={end.isPending && end.variables === each.id}
                aria-label={`End it: the session on ${deviceName(each.device)} since ${dateTime(each.created_at, reader)}`}
                onClick={() => end.mutate(each.id)}
              >
                End it
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(end.error || endOthers.error) && (
        <ErrorPanel error={end.error ?? endOthers.error} what="The session could not be ended" />
      )}
      {others > 0 && (
        <Button className="self-start" onClick={() => setAsking(true)}>
          End all others
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => endOthers.mutate()}
        busy={endOthers.isPending}
        title={others === 1 ? "End the other session?" : `End the ${others} other sessions?`}
        confirm="End all others"
      >
        You stay signed in here; everywhere else one must sign in again. If somebody was in who should not be, change
        your password as well.
      </ConfirmDialog>
    </>
  );
}
