import { Check } from "lucide-react";
import { FORMATS, type Format } from "@/lib/api/types";
import { cx } from "@/ui/cx";
import { FORMAT_ICONS, FORMAT_NAMES } from "../formats";

const NOTES: Record<Format, string> = {
  blog: "An article in Markdown",
  social: "LinkedIn, X, Facebook, Instagram",
  audio: "To be spoken",
  video: "Scene by scene",
};

type Props = { chosen: readonly Format[]; error?: string; onChange: (formats: readonly Format[]) => void };

export function FormatChoice({ chosen, error, onChange }: Props) {
  return (
    <fieldset aria-describedby={error ? "formats-error" : undefined}>
      <legend className="text-sm font-semibold">Formats</legend>
      <div className="mt-2 grid grid-cols-1 gap-2.5 xs:grid-cols-2">
        {FORMATS.map((format) => {
          const Icon = FORMAT_ICONS[format];
          const on = chosen.includes(format);
          return (
            <label
              key={format}
              className={cx(
                "relative flex cursor-pointer items-start gap-3 rounded-lg border px-3 py-2.5",
                "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
                on ? "border-accent bg-accent-wash" : "border-edge hover:bg-sunken",
              )}
            >
              <input
                type="checkbox"
                className="absolute size-0 opacity-0"
                checked={on}
                onChange={() => onChange(FORMATS.filter((each) => (each === format ? !on : chosen.includes(each))))}
              />
              <Icon size={20} aria-hidden="true" className={cx("mt-0.5 shrink-0", on ? "text-accent" : "text-soft")} />
              <span className="flex flex-col">
                <span className="font-semibold">{FORMAT_NAMES[format]}</span>
                <span className="text-[0.8125rem] leading-snug text-soft">{NOTES[format]}</span>
              </span>
              <Check
                size={16}
                aria-hidden="true"
                className={cx("ms-auto mt-1 shrink-0 text-accent", !on && "invisible")}
              />
            </label>
          );
        })}
      </div>
      {error && (
        <p id="formats-error" className="mt-1.5 text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
