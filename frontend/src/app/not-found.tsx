import type { Metadata } from "next";
import { ButtonLink } from "@/ui/button";

export const metadata: Metadata = { title: "Not here" };

export default function NotFound() {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-start gap-4 py-10">
      <h1 className="title">This page is not here</h1>
      <p className="text-lg text-soft">
        The address may be mistyped, or the page was moved. Your pieces are safe in the library.
      </p>
      <div className="mt-2 flex flex-wrap gap-3">
        <ButtonLink href="/" variant="primary">
          To the studio
        </ButtonLink>
        <ButtonLink href="/library">To the library</ButtonLink>
      </div>
    </div>
  );
}
