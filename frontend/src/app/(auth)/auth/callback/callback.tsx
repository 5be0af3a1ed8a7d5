"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { returnPath, withReturn } from "@/lib/return-to";
import { dropSession, SESSION_KEY, useSession } from "@/lib/session/session";
import { ButtonLink } from "@/ui/button";
import { Spinner } from "@/ui/spinner";
import { useToast } from "@/ui/toast";
import { Frame } from "../../frame";
import { outcomeOf } from "./outcome";

/** Where the service sends readers who come back from Google, GitHub or Facebook. */
export function Callback() {
  const query = useSearchParams();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { user, guest } = useSession();
  const returnTo = returnPath(query.get("return_to"));
  const outcome = outcomeOf(query.get("status"), query.get("error"));

  useEffect(() => {
    const { arrived } = outcomeOf(query.get("status"), query.get("error"));
    if (arrived === undefined) {
      return;
    }
    dropSession(queries); // whatever was read before was read for somebody else
    void queries.resetQueries({ queryKey: SESSION_KEY });
    toast({ text: arrived });
    router.replace(returnPath(query.get("return_to")));
  }, [query, queries, router, toast]);

  if (outcome.arrived !== undefined) {
    return (
      <Frame title="Signing in">
        <p role="status" className="flex items-center gap-3">
          <Spinner /> {outcome.arrived}
        </p>
      </Frame>
    );
  }
  const inside = Boolean(user) && !guest;
  return (
    <Frame title={outcome.title}>
      <p role="alert" className="text-lg text-soft">
        {outcome.text}
      </p>
      <div className="flex flex-wrap gap-3">
        {inside ? (
          <ButtonLink href="/account" variant="primary">
            To your account
          </ButtonLink>
        ) : (
          <ButtonLink href={withReturn("/sign-in", outcome.toAccount ? "/account" : returnTo)} variant="primary">
            To the sign-in
          </ButtonLink>
        )}
        <ButtonLink href="/">To the studio</ButtonLink>
      </div>
    </Frame>
  );
}
