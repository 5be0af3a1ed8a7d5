import { cx } from "./cx";

type MeterProps = {
  label: string;
  value: number;
  max: number;
  /** In words, such as "3 of 10 used" */
  text: string;
  className?: string;
};

/** How much of something is used up. It turns at 80 %, and again when nothing is left; the words say it too. */
export function Meter({ label, value, max, text, className }: MeterProps) {
  const part = max > 0 ? Math.min(1, value / max) : 1;
  const tone = part >= 1 ? "bg-danger" : part >= 0.8 ? "bg-warn" : "bg-accent";
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <div className="flex justify-between gap-3 text-sm">
        <span className="font-semibold">{label}</span>
        <span className="text-soft">{text}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: no browser lets the colours of <meter> be ours */}
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(value, max)}
        aria-valuetext={text}
        className="h-2 overflow-hidden rounded-full border border-edge bg-sunken"
      >
        <div className={cx("h-full origin-left", tone)} style={{ transform: `scaleX(${part})` }} />
      </div>
    </div>
  );
}
