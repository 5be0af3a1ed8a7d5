/** Four lines of text that four hands write. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-7 shrink-0" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="stroke-on-accent" strokeWidth="2.5" strokeLinecap="round">
        <path d="M8 9.5h16M8 14h11M8 18.5h14M8 23h6" />
      </g>
      <circle cx="22.5" cy="23" r="2.6" className="fill-on-accent" />
    </svg>
  );
}
