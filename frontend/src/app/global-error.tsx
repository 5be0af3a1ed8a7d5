"use client";
import "./globals.css";

/** The last resort: not even the frame of the page could be drawn. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="page flex flex-col items-start gap-4 py-16">
          <title>The page has broken · Content Crew</title>
          <h1 className="title">The page has broken</h1>
          <p>The fault is ours. A job that runs goes on. Reload the page to go on.</p>
          <button type="button" className="rounded-lg border border-edge px-4 py-2.5 font-semibold" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
