import Link from "next/link";
import { PREFETCH } from "@/lib/env";

export function Footer() {
  return (
    <footer className="no-print mt-auto border-t border-line">
      <div className="page flex flex-wrap items-baseline justify-between gap-x-8 gap-y-3 py-6 text-sm text-soft">
        <p>Written by machines, so check the facts before you publish.</p>
        <nav aria-label="More" className="flex flex-wrap gap-x-6 gap-y-2">
          <Link className="py-1 underline-offset-4 hover:underline" href="/pricing" prefetch={PREFETCH}>
            Pricing
          </Link>
          <a className="py-1 underline-offset-4 hover:underline" href="/docs">
            API
          </a>
        </nav>
      </div>
    </footer>
  );
}
