/** The shape of what is about to come, so that the page does not jump; says in words that it is coming. */
export function Loading({ what, rows = 3 }: { what: string; rows?: number }) {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">Loading {what}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={row} aria-hidden="true" className="h-20 animate-pulse rounded-xl bg-sunken" />
      ))}
    </div>
  );
}
