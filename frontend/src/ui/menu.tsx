"use client";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cx } from "./cx";

type MenuProps = {
  /** What the button says, to everybody */
  label: string;
  /** What the button looks like; the label if left out */
  button?: ReactNode;
  buttonClassName?: string;
  align?: "start" | "end";
  children: ReactNode;
};

/**
 * A button that opens a list of things to do: arrows, Home, End and first letters move in it, Esc and Tab close it. Children are
 * MenuItem, MenuLink, MenuDownload and MenuNote.
 */
export function Menu({ label, button, buttonClassName, align = "end", children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) {
      return;
    }
    keepInSight(root.current?.querySelector<HTMLElement>("[role=menu]"));
    items(root.current)[0]?.focus({ preventScroll: true });
    const away = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) {
        setOpen(false);
      }
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);

  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  };

  return (
    <div ref={root} className="relative">
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={button ? label : undefined}
        className={buttonClassName}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        {button ?? label}
      </button>
      {open && (
        <div
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          className={cx(
            "absolute top-full z-40 mt-1.5 max-h-[min(30rem,75dvh)] min-w-56 max-w-[min(24rem,calc(100vw-2rem))] overflow-y-auto rounded-xl border border-line bg-surface p-1.5 shadow-card",
            align === "end" ? "end-0" : "start-0",
          )}
          onKeyDown={(event) => move(event, root.current, close, () => setOpen(false))}
          onClick={(event) => (event.target as HTMLElement).closest("[role^=menuitem]") && close()}
        >
          {children}
        </div>
      )}
    </div>
  );
}

/** Moves a menu that would hang over the edge of a narrow page. */
function keepInSight(menu: HTMLElement | null | undefined): void {
  if (menu) {
    const { left, right } = menu.getBoundingClientRect();
    const over = Math.min(0, document.documentElement.clientWidth - 8 - right);
    menu.style.translate = `${left + over < 8 ? 8 - left : over}px 0`;
  }
}

function items(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>("[role^=menuitem]:not([aria-disabled=true])") ?? [])];
}

function move(event: KeyboardEvent, root: HTMLElement | null, close: () => void, leave: () => void): void {
  const all = items(root);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (step !== undefined) {
    event.preventDefault();
    all.at(step % all.length)?.focus();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (event.key === "Tab") {
    leave();
  } else if (typed) {
    const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    order.find((each) => startsWith(each, event.key))?.focus();
  }
}

function startsWith(element: HTMLElement, letter: string): boolean {
  return element.textContent?.trim().toLowerCase().startsWith(letter.toLowerCase()) ?? false;
}

const ITEM =
  "flex min-h-10 w-full items-center gap-3 rounded-lg px-3 py-2 text-start text-ink hover:bg-sunken focus-visible:bg-sunken aria-disabled:opacity-55";

export function MenuItem({
  onSelect,
  icon,
  checked,
  children,
}: {
  onSelect: () => void;
  icon?: ReactNode;
  checked?: boolean;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      {...(checked === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": checked })}
      tabIndex={-1}
      className={cx(ITEM, checked && "font-semibold text-accent")}
      onClick={onSelect}
    >
      {icon}
      {children}
    </button>
  );
}

export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Link href={href} role="menuitem" tabIndex={-1} className={ITEM}>
      {icon}
      {children}
    </Link>
  );
}

/** A file of the service. */
export function MenuDownload({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <a href={href} download role="menuitem" tabIndex={-1} className={ITEM}>
      {icon}
      {children}
    </a>
  );
}

export function MenuNote({ children }: { children: ReactNode }) {
  return <div className="border-b border-line px-3 pt-1 pb-2 mb-1 text-sm text-soft">{children}</div>;
}
