"use client";
import { useState } from "react";
import { useSignOut } from "@/lib/session/session";
import { Button, ButtonLink } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { Frame } from "./frame";

/** For who comes to the door from inside. */
export function SignedInAlready({ name, returnTo }: { name: string; returnTo: string }) {
  const signOut = useSignOut();
  const [error, setError] = useState<unknown>(null);
  return (
    <Frame title="You are signed in" lead={`As ${name}.`}>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href={returnTo} variant="primary">
          Go on
        </ButtonLink>
        <Button onClick={() => signOut().catch(setError)}>Sign out, to use another account</Button>
      </div>
      {error !== null && <ErrorPanel error={error} what="You are still signed in" />}
    </Frame>
  );
}
