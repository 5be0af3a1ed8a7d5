"use client";
import { Menu as MenuIcon, X } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { PREFETCH } from "@/lib/env";
import { useSession } from "@/lib/session/session";
import { cx } from "@/ui/cx";
import { AccountMenu } from "./account-menu";
import { Mark } from "./mark";
import { ThemeMenu } from "./theme-menu";

const ROOMS = [
  { href: "/", name: "Studio", also: "/studio" },
  { href: "/library", name: "Library" },
  { href: "/pricing", name: "Pricing" },
];

/** On wide pages these are in the guest's own menu. */
const FOR_GUESTS = [
  { href: "/usage", name: "Usage" },
  { href: "/account", name: "Your data" },
];

export function Header() {
  const path = usePathname().replace(/(.)\/$/, "$1");
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const { user, guest } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu
  useEffect(() => setOpen(false), [path]);

  const links = ROOMS.map(({ href, name, also }) => (
    <Link
      key={href}
      href={href}
      prefetch={PREFETCH}
      aria-current={path === href || path === also ? "page" : undefined}
      className={cx(
        "flex min-h-11 items-center rounded-lg px-3 font-medium hover:bg-sunken",
        path === href || path === also
          ? "text-ink underline decoration-accent decoration-2 underline-offset-8"
          : "text-soft",
      )}
    >
      {name}
    </Link>
  ));

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the menu from wherever in it the focus is; a button does it too
    <header
      className="no-print border-b border-line bg-paper"
      onKeyDown={(event) => {
        if (open && event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          setOpen(false);
          toggle.current?.focus();
        }
      }}
    >
      <div className="page flex min-h-16 items-center gap-2 sm:gap-6">
        <Link href="/" prefetch={PREFETCH} className="-ms-1 flex items-center gap-2.5 rounded-lg px-1 py-2">
          <Mark />
          <span
            className={cx(
              "font-serif text-xl font-medium tracking-tight whitespace-nowrap",
              // "Sign up" needs its place on the narrowest pages
              (user === null || guest) && "max-[22rem]:sr-only",
            )}
          >
            Content Crew
          </span>
        </Link>
        <nav aria-label="Rooms" className="hidden gap-1 sm:flex">
          {links}
        </nav>
        <div className="ms-auto flex items-center gap-1">
          <ThemeMenu />
          <AccountMenu />
          <button
            ref={toggle}
            type="button"
            aria-expanded={open}
            aria-controls="rooms"
            aria-label={open ? "Close the menu" : "Open the menu"}
            className="inline-flex size-10 items-center justify-center rounded-lg hover:bg-sunken sm:hidden"
            onClick={() => setOpen(!open)}
          >
            {open ? <X size={20} aria-hidden="true" /> : <MenuIcon size={20} aria-hidden="true" />}
          </button>
        </div>
      </div>
      <nav id="rooms" aria-label="Rooms" hidden={!open} className="page border-t border-line py-2 sm:hidden">
        {links}
        {(user === null || guest) &&
          [{ href: "/sign-in", name: "Sign in" }, ...(guest ? FOR_GUESTS : [])].map(({ href, name }) => (
            <Link
              key={href}
              href={href}
              prefetch={PREFETCH}
              className="flex min-h-11 items-center rounded-lg px-3 font-medium text-soft"
            >
              {name}
            </Link>
          ))}
      </nav>
    </header>
  );
}
