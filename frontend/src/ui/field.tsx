"use client";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx";

type Wiring = { id: string; "aria-describedby"?: string; "aria-invalid"?: true; required?: boolean };

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Shown beside the label, such as a count */
  aside?: ReactNode;
  required?: boolean;
  className?: string;
  /** The control; spread what it is given on it. */
  children: (wiring: Wiring) => ReactNode;
};

/** A control with its label, its hint and what is wrong with it, tied together for everybody. */
export function Field({ label, hint, error, aside, required, className, children }: FieldProps) {
  const id = useId();
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={cx("flex flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-semibold">
          {label}
        </label>
        {aside && <span className="text-sm text-soft">{aside}</span>}
      </div>
      {children({ id, "aria-describedby": told || undefined, "aria-invalid": error ? true : undefined, required })}
      {error && (
        <p id={`${id}-error`} className="text-sm font-medium text-danger">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cx("control", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cx("control", className)} {...rest} />;
}

/** The platform's own select: it is known to every keyboard, phone and screen reader. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <select className={cx("control", className)} {...rest}>
      {children}
    </select>
  );
}

export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: ComponentProps<"input"> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className={cx("flex items-start gap-3", className)}>
      <input
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-5 shrink-0 accent-accent"
        {...rest}
      />
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-soft">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
