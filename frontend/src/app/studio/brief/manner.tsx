import { ChevronDown } from "lucide-react";
import type { ApiError } from "@/lib/api/error";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { Presets } from "../presets/presets-lazy";
import { type Brief, LANGUAGES, LENGTH_NAMES, LENGTHS, TONES } from "./brief";

type Props = {
  brief: Brief;
  change: (part: Partial<Brief>) => void;
  onPick: (settings: Partial<Brief>) => void;
  refusal: ApiError | null;
};

/** How it shall sound. The defaults do for a first try, so most of it is folded away. */
export function Manner({ brief, change, onPick, refusal }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <div className="-mb-3 flex min-h-9 items-center justify-between gap-3">
        <p className="text-sm font-semibold">Style</p>
        <Presets brief={brief} onPick={onPick} />
      </div>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
        <Field label="Tone">
          {(wiring) => (
            <Select {...wiring} value={brief.tone} onChange={(event) => change({ tone: event.target.value })}>
              {TONES.map((tone) => (
                <option key={tone} value={tone}>
                  {tone.charAt(0).toUpperCase() + tone.slice(1)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Length">
          {(wiring) => (
            <Select {...wiring} value={brief.length} onChange={(event) => change({ length: event.target.value })}>
              {LENGTHS.map((length) => (
                <option key={length} value={length}>
                  {LENGTH_NAMES[length]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Language" error={refusal?.fieldError("/language")}>
          {(wiring) => (
            <Select {...wiring} value={brief.language} onChange={(event) => change({ language: event.target.value })}>
              {LANGUAGES.map(([tag, name]) => (
                <option key={tag} value={tag} lang={tag}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <details
        className="group"
        open={refusal?.fieldError("/audience") || refusal?.fieldError("/brand_voice") ? true : undefined}
      >
        <summary className="inline-flex min-h-10 list-none items-center gap-2 rounded-lg font-semibold text-accent hover:underline">
          <ChevronDown size={18} aria-hidden="true" className="transition-transform group-open:rotate-180" />
          More: audience and brand voice
        </summary>
        <div className="mt-3 flex flex-col gap-5">
          <Field label="Audience" hint="Who shall read, hear or see it" error={refusal?.fieldError("/audience")}>
            {(wiring) => (
              <Input
                {...wiring}
                maxLength={500}
                value={brief.audience}
                onChange={(event) => change({ audience: event.target.value })}
              />
            )}
          </Field>
          <Field
            label="Brand voice"
            hint="Paste a text of yours that sounds right; the crew will write in that voice."
            error={refusal?.fieldError("/brand_voice")}
          >
            {(wiring) => (
              <Textarea
                {...wiring}
                rows={4}
                maxLength={5_000}
                value={brief.brandVoice}
                onChange={(event) => change({ brandVoice: event.target.value })}
              />
            )}
          </Field>
        </div>
      </details>
    </div>
  );
}
