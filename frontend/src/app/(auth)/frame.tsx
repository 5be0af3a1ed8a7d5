import type { ReactNode } from "react";
import { focusOnMount } from "@/lib/focus-on-mount";

type FrameProps = {
  title: string;
  lead?: ReactNode;
  /** It takes the place of a form, and with it the focus */
  news?: boolean;
  children: ReactNode;
};

/** The narrow column of pages on which one does one thing. */
export function Frame({ title, lead, news, children }: FrameProps) {
  return (
    <div className="mx-auto flex w-full max-w-md flex-col gap-6">
      <div className="flex flex-col gap-2">
        <h1 className="title" {...(news && { ref: focusOnMount, tabIndex: -1 })}>
          {title}
        </h1>
        {lead && <p className="text-lg text-soft">{lead}</p>}
      </div>
      {children}
    </div>
  );
}

/** Good news, or what to do next. */
export function Note({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="rounded-xl bg-accent-wash px-5 py-4">
      <p className="font-semibold text-accent-strong">{title}</p>
      {children && <div className="mt-1 flex flex-col gap-2">{children}</div>}
    </div>
  );
}
