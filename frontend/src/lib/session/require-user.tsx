"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { Me } from "@/lib/api/types";
import { withReturn } from "@/lib/return-to";
import { ButtonLink } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { ErrorPanel } from "@/ui/error-panel";
import { Loading } from "@/ui/loading";
import { useSession } from "./session";

type RequireUserProps = {
  /** What is here for who signs in: "your pieces" */
  what: string;
  /** What guests see instead, where there is nothing here for them */
  guests?: ReactNode;
  children: (user: Me, guest: boolean) => ReactNode;
};

/** A room for those who are signed in; others are shown the door, and come back here through it. */
export function RequireUser({ what, guests, children }: RequireUserProps) {
  const { user, guest, error } = useSession();
  const path = usePathname().replace(/(.)\/$/, "$1");
  if (user) {
    return guest && guests !== undefined ? guests : children(user, guest);
  }
  if (user === null) {
    return (
      <EmptyState
        title={`Sign in to see ${what}`}
        action={
          <>
            <ButtonLink href={withReturn("/sign-in", path)} variant="primary">
              Sign in
            </ButtonLink>
            <ButtonLink href={withReturn("/sign-up", path)}>Make an account</ButtonLink>
          </>
        }
      />
    );
  }
  return error ? <ErrorPanel error={error} what="We could not find out who you are" /> : <Loading what={what} />;
}

/** For rooms that need an account: says why, and that nothing is lost by making one. */
export function GuestsNeedAccount({ children }: { children: ReactNode }) {
  const path = usePathname().replace(/(.)\/$/, "$1");
  return (
    <EmptyState
      title="Sign up to keep your work"
      action={
        <>
          <ButtonLink href={withReturn("/sign-up", path)} variant="primary">
            Make an account
          </ButtonLink>
          <ButtonLink href={withReturn("/sign-in", path)}>Sign in</ButtonLink>
        </>
      }
    >
      {children}
    </EmptyState>
  );
}
