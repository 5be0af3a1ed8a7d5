import type { ReactNode } from "react";
import { cx } from "./cx";

const TONES = {
  neutral: "bg-sunken text-soft border-line",
  accent: "bg-accent-wash text-accent-strong border-transparent",
  warn: "bg-warn-wash text-warn border-transparent",
  danger: "bg-danger-wash text-danger border-transparent",
};

export function Badge({
  tone = "neutral",
  title,
  children,
}: {
  tone?: keyof typeof TONES;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex items-center gap-1 whitespace-nowrap rounded-full border px-2.5 py-0.5 text-[0.8125rem] font-semibold",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
