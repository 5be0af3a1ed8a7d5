"use client";
import { useMutation } from "@tanstack/react-query";
import { api, done } from "@/lib/api/client";
import type { Me } from "@/lib/api/types";
import { date, useReader } from "@/lib/format";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";

export function Address({ user }: { user: Me }) {
  const reader = useReader();
  const send = useMutation({ mutationFn: () => done(api.POST("/v1/auth/email/send")) });
  return (
    <>
      <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <div>
          <dt className="eyebrow">Name</dt>
          <dd className="break-words">{user.name}</dd>
        </div>
        <div>
          <dt className="eyebrow">Here since</dt>
          <dd>{date(user.created_at, reader)}</dd>
        </div>
        <div className="sm:col-span-2">
          <dt className="eyebrow">E-mail address</dt>
          <dd className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="break-all">{user.email ?? "none"}</span>
            {user.email &&
              (user.email_verified ? <Badge tone="accent">Verified</Badge> : <Badge tone="warn">Not verified</Badge>)}
          </dd>
        </div>
      </dl>
      {user.email === null && (
        <p className="text-soft">
          Whoever you signed in with named no address. Letters about your account cannot reach you, and plans cannot be
          bought without one.
        </p>
      )}
      {user.email && !user.email_verified && (
        <div className="flex flex-col items-start gap-3">
          <p className="text-soft">
            A letter with a link proves that the address is yours, and that letters about your account reach you.
          </p>
          <Button busy={send.isPending} disabled={send.isSuccess} onClick={() => send.mutate()}>
            {send.isSuccess ? "The letter is on its way" : "Send the letter"}
          </Button>
          <p role="status" className="text-sm text-soft empty:hidden">
            {send.isSuccess && "Open its link in this browser, while you are signed in."}
          </p>
          {send.error && <ErrorPanel error={send.error} what="No letter was sent" />}
        </div>
      )}
    </>
  );
}
