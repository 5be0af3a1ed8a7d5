import type { ReactNode } from "react";
import { cx } from "@/ui/cx";

type SectionProps = { id: string; title: string; lead?: string; danger?: boolean; children: ReactNode };

export function Section({ id, title, lead, danger, children }: SectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className={cx("card flex flex-col gap-5 p-5 sm:p-6", danger && "border-danger")}
    >
      <div>
        <h2 id={`${id}-title`} className="subtitle">
          {title}
        </h2>
        {lead && <p className="mt-1 text-soft">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
