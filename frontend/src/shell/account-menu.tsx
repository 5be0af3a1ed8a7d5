"use client";
import { CreditCard, Download, Gauge, LogIn, LogOut, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { asApiError } from "@/lib/api/error";
import { PREFETCH } from "@/lib/env";
import { useSession, useSignOut } from "@/lib/session/session";
import { useTiers } from "@/lib/tiers";
import { ButtonLink } from "@/ui/button";
import { Menu, MenuItem, MenuLink, MenuNote } from "@/ui/menu";
import { useToast } from "@/ui/toast";

export function AccountMenu() {
  const { user, guest } = useSession();
  const signOut = useSignOut();
  const router = useRouter();
  const toast = useToast();

  if (user === undefined) {
    return <span className="h-9 w-10 sm:w-20" />; // its place is kept, so that nothing jumps
  }
  if (guest && user) {
    return <GuestMenu />;
  }
  if (user === null) {
    return (
      <div className="flex items-center gap-1">
        <ButtonLink href="/sign-in" variant="quiet" size="sm" className="max-sm:hidden" prefetch={PREFETCH}>
          Sign in
        </ButtonLink>
        <ButtonLink href="/sign-up" variant="plain" size="sm" prefetch={PREFETCH}>
          Sign up
        </ButtonLink>
      </div>
    );
  }
  const leave = () =>
    signOut().then(
      () => router.push("/"),
      (error) => toast({ text: `You are still signed in: ${asApiError(error).detail}`, tone: "danger" }),
    );
  return (
    <Menu
      label={`Account of ${user.name}`}
      button={<span aria-hidden="true">{Array.from(user.name.trim())[0]?.toUpperCase() ?? "?"}</span>}
      buttonClassName="inline-flex size-10 items-center justify-center rounded-full border border-edge bg-surface font-semibold hover:bg-sunken"
    >
      <MenuNote>
        <span className="block font-semibold text-ink">{user.name}</span>
        {user.email && <span className="block break-all">{user.email}</span>}
        <PlanName tier={user.tier} />
      </MenuNote>
      <MenuLink href="/usage" icon={<Gauge size={18} aria-hidden="true" />}>
        Usage
      </MenuLink>
      <MenuLink href="/billing" icon={<CreditCard size={18} aria-hidden="true" />}>
        Billing
      </MenuLink>
      <MenuLink href="/account" icon={<UserRound size={18} aria-hidden="true" />}>
        Account
      </MenuLink>
      <MenuItem icon={<LogOut size={18} aria-hidden="true" />} onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

/** A component of its own, so that the plans are read when the menu opens, and not by every page. */
function PlanName({ tier }: { tier: string }) {
  const { nameOf } = useTiers();
  return <span className="block">Plan: {nameOf(tier)}</span>;
}

/** Guests have pieces to keep: that comes first. What they have used and what is kept of them is theirs to see all the same. */
function GuestMenu() {
  return (
    <div className="flex items-center gap-1 max-sm:[&>:last-child]:hidden">
      <ButtonLink href="/sign-up" variant="plain" size="sm" prefetch={PREFETCH}>
        <span>
          Sign up<span className="max-md:sr-only"> to keep your work</span>
        </span>
      </ButtonLink>
      <Menu
        label="You are a guest"
        button={<UserRound size={18} aria-hidden="true" />}
        buttonClassName="inline-flex size-10 items-center justify-center rounded-full border border-dashed border-edge bg-surface hover:bg-sunken"
      >
        <MenuNote>
          <span className="block font-semibold text-ink">You write as a guest</span>
          <span className="block">Sign up to keep your work.</span>
        </MenuNote>
        <MenuLink href="/sign-in" icon={<LogIn size={18} aria-hidden="true" />}>
          Sign in
        </MenuLink>
        <MenuLink href="/usage" icon={<Gauge size={18} aria-hidden="true" />}>
          Usage
        </MenuLink>
        <MenuLink href="/account" icon={<Download size={18} aria-hidden="true" />}>
          Your data
        </MenuLink>
      </Menu>
    </div>
  );
}
