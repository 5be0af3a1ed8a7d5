"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PROVIDERS_KEY } from "@/app/(auth)/providers";
import { api, done, ok } from "@/lib/api/client";
import { date, useReader } from "@/lib/format";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { ErrorPanel } from "@/ui/error-panel";
import { Loading } from "@/ui/loading";
import { useStatus } from "@/ui/status";
import { ProofError, useProven } from "./proof";

const KEY = ["identities"] as const;

export function Identities() {
  const linked = useQuery({ queryKey: KEY, queryFn: () => ok(api.GET("/v1/auth/identities")) });
  const providers = useQuery({
    queryKey: PROVIDERS_KEY,
    queryFn: () => ok(api.GET("/v1/auth/oauth/providers")),
    staleTime: 600_000,
  });
  const queries = useQueryClient();
  const reader = useReader();
  const say = useStatus();
  const [leaving, setLeaving] = useState<string | null>(null);
  const link = useProven(
    (provider: string, password?: string) =>
      ok(
        api.POST("/v1/auth/oauth/{provider}/link", {
          params: { path: { provider } },
          body: { return_to: "/account", ...(password === undefined ? {} : { password }) },
        }),
      ),
    ({ authorization_url }) => location.assign(authorization_url),
  );
  const unlink = useMutation({
    mutationFn: (provider: string) =>
      done(api.DELETE("/v1/auth/identities/{provider}", { params: { path: { provider } } })),
    onSuccess: () => say("It is unlinked"),
    onSettled: () => {
      setLeaving(null);
      void queries.invalidateQueries({ queryKey: KEY });
    },
  });
  const error = linked.error ?? providers.error;
  if (!linked.data || !providers.data) {
    return error ? (
      <ErrorPanel
        error={error}
        what="Your other sign-ins could not be loaded"
        onRetry={() => {
          void linked.refetch();
          void providers.refetch();
        }}
      />
    ) : (
      <Loading what="your other sign-ins" rows={1} />
    );
  }
  const known = providers.data.data;
  const rows = [
    ...known.map((each) => ({ name: each.name, title: each.display_name })),
    // linked once, with a provider that is switched off here now: it can still be taken off
    ...linked.data.data
      .filter((each) => !known.some((one) => one.name === each.provider))
      .map((each) => ({ name: each.provider, title: each.provider })),
  ];
  const title = rows.find((row) => row.name === leaving)?.title ?? "";
  if (rows.length === 0) {
    return <p className="text-soft">This service has none; you sign in with your address and password.</p>;
  }
  return (
    <>
      <ul className="flex flex-col divide-y divide-line">
        {rows.map((row) => {
          const identity = linked.data.data.find((each) => each.provider === row.name);
          return (
            <li
              key={row.name}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0"
            >
              <div>
                <p className="font-medium">{row.title}</p>
                <p className="text-sm text-soft">
                  {identity ? `Linked on ${date(identity.linked_at, reader)}` : "Not linked"}
                </p>
              </div>
              {identity ? (
                <Button size="sm" aria-label={`Unlink ${row.title}`} onClick={() => setLeaving(row.name)}>
                  Unlink
                </Button>
              ) : (
                <Button size="sm" busy={link.busy} aria-label={`Link ${row.title}`} onClick={() => link.run(row.name)}>
                  Link
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {link.error && <ProofError error={link.error} what="It could not be linked" />}
      {unlink.error && <ErrorPanel error={unlink.error} what="It is still linked" next="Then take this one off." />}
      {link.dialog}
      <ConfirmDialog
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving && unlink.mutate(leaving)}
        busy={unlink.isPending}
        title={`Unlink ${title}?`}
        confirm="Unlink"
      >
        It does not let you in here any more. You can link it again whenever you like.
      </ConfirmDialog>
    </>
  );
}
