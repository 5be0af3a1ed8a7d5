"use client";
import { Button, ButtonLink } from "@/ui/button";

/** What is shown in place of a page that broke. The rest of the house stands. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div role="alert" className="mx-auto flex max-w-xl flex-col items-start gap-4 py-10">
      <h1 className="title">This page has broken</h1>
      <p className="text-lg text-soft">
        The fault is ours, not yours. A job that runs goes on, and your draft is kept. Try again; if it breaks once
        more, reload the page.
      </p>
      {error.digest && <p className="text-sm text-soft">Number of the fault: {error.digest}</p>}
      <div className="mt-2 flex flex-wrap gap-3">
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
        <ButtonLink href="/">To the studio</ButtonLink>
      </div>
    </div>
  );
}
