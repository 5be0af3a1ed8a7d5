import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { Spinner } from "./spinner";

type Look = {
  /** primary: the one thing to do here; plain: beside it; quiet: many in a row; danger: what cannot be undone */
  variant?: "primary" | "plain" | "quiet" | "danger";
  size?: "md" | "sm";
};

const VARIANTS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong border-transparent",
  plain: "bg-surface text-ink border-edge hover:bg-sunken",
  quiet: "bg-transparent text-ink border-transparent hover:bg-sunken",
  danger: "bg-surface text-danger border-danger hover:bg-danger-wash",
};
const SIZES = { md: "min-h-11 px-4 text-base", sm: "min-h-9 px-3 text-sm" };

export function buttonClass({ variant = "plain", size = "md" }: Look = {}, more?: string): string {
  return cx(
    "inline-flex items-center justify-center gap-2 rounded-lg border font-semibold whitespace-nowrap select-none transition-colors",
    "disabled:opacity-55 aria-disabled:opacity-55 disabled:cursor-not-allowed",
    VARIANTS[variant],
    SIZES[size],
    more,
  );
}

type ButtonProps = ComponentProps<"button"> & Look & { busy?: boolean; icon?: ReactNode };

/** `busy` keeps focus and says so to everybody, but takes no second click. */
export function Button({ variant, size, busy, icon, className, children, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? "button"}
      className={buttonClass({ variant, size }, className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      {...rest}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  variant,
  size,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & Look & { icon?: ReactNode }) {
  return (
    <Link className={buttonClass({ variant, size }, className as string)} {...rest}>
      {icon}
      {children}
    </Link>
  );
}

/** A square button with a picture; `label` is its name and its tip. */
export function IconButton({
  label,
  className,
  children,
  ...rest
}: Omit<ComponentProps<"button">, "aria-label"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        "inline-flex size-10 shrink-0 items-center justify-center rounded-lg text-ink hover:bg-sunken disabled:opacity-55",
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
