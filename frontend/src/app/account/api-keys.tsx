"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { api, done, ok } from "@/lib/api/client";
import type { components } from "@/lib/api/schema";
import { date, useReader } from "@/lib/format";
import { useTiers } from "@/lib/tiers";
import { Badge } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { ErrorPanel } from "@/ui/error-panel";
import { Loading } from "@/ui/loading";
import { useStatus } from "@/ui/status";
import { ApiKeyForm } from "./api-key-form";
import { KEYS_KEY } from "./keys";
import { NewKey } from "./new-key";

type ApiKey = components["schemas"]["ApiKey"];

export function ApiKeys({ tier }: { tier: string }) {
  const { data, error, refetch } = useQuery({ queryKey: KEYS_KEY, queryFn: () => ok(api.GET("/v1/api-keys")) });
  const { tiers, nameOf } = useTiers();
  const [making, setMaking] = useState(false);
  const maker = useRef<HTMLButtonElement>(null);
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  if (!data || !tiers) {
    return error ? (
      <ErrorPanel error={error} what="Your API keys could not be loaded" onRetry={refetch} />
    ) : (
      <Loading what="your API keys" rows={1} />
    );
  }
  const allowed = tiers.find((each) => each.id === tier)?.api_keys ?? false;
  const first = tiers.find((each) => each.api_keys);
  return (
    <>
      {made && (
        <NewKey
          name={made.name}
          secret={made.key}
          onDone={() => {
            setMade(null);
            maker.current?.focus();
          }}
        />
      )}
      {data.data.length > 0 && <KeyList keys={data.data} />}
      {!allowed ? (
        <div className="flex flex-wrap items-center justify-between gap-4 rounded-xl bg-sunken px-5 py-4">
          <p className="min-w-0 flex-1 basis-64">
            {nameOf(tier)} has no API keys{first ? `; ${first.name} and up have` : ""}.
            {data.data.length > 0 ? " Those above open nothing as long as you are on it." : ""}
          </p>
          <ButtonLink href="/pricing">See the plans</ButtonLink>
        </div>
      ) : making ? (
        <ApiKeyForm
          onMade={(key) => {
            setMaking(false);
            setMade(key);
          }}
          onClose={() => {
            flushSync(() => setMaking(false)); // the button must be there to have the focus
            maker.current?.focus();
          }}
        />
      ) : (
        <Button ref={maker} className="self-start" onClick={() => setMaking(true)}>
          Make a key
        </Button>
      )}
    </>
  );
}

function KeyList({ keys }: { keys: readonly ApiKey[] }) {
  const queries = useQueryClient();
  const reader = useReader();
  const say = useStatus();
  const [leaving, setLeaving] = useState<ApiKey | null>(null);
  const revoke = useMutation({
    mutationFn: (id: string) => done(api.DELETE("/v1/api-keys/{id}", { params: { path: { id } } })),
    onSuccess: () => say("The key is revoked"),
    onSettled: () => {
      setLeaving(null);
      void queries.invalidateQueries({ queryKey: KEYS_KEY });
    },
  });
  return (
    <>
      <ul className="flex flex-col divide-y divide-line">
        {keys.map((each) => (
          <li
            key={each.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0"
          >
            <div className="min-w-0 flex-1 basis-60">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-medium break-words">{each.name}</span>
                <code className="text-sm text-soft">{each.hint}…</code>
                {each.scopes.map((scope) => (
                  <Badge key={scope}>{SCOPES[scope]}</Badge>
                ))}
              </p>
              <p className="text-sm text-soft">
                {each.last_used_at ? `Last used on ${date(each.last_used_at, reader)}` : "Not used yet"}
                {", "}
                {each.expires_at ? expiry(each.expires_at, date(each.expires_at, reader)) : "does not expire"}
              </p>
            </div>
            <Button size="sm" variant="danger" aria-label={`Revoke ${each.name}`} onClick={() => setLeaving(each)}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {revoke.error && <ErrorPanel error={revoke.error} what="The key could not be revoked" />}
      <ConfirmDialog
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving && revoke.mutate(leaving.id)}
        busy={revoke.isPending}
        danger
        title={`Revoke ${leaving?.name}?`}
        confirm="Revoke"
      >
        Programs that use it are refused from then on. It cannot be undone; you can make another key.
      </ConfirmDialog>
    </>
  );
}

const SCOPES = { "content:read": "reads", "content:write": "writes" };

function expiry(time: string, day: string): string {
  return Date.parse(time) < Date.now() ? `expired on ${day}` : `expires on ${day}`;
}
