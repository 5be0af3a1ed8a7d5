import { names } from "@/lib/format";
import { LANGUAGES } from "../brief/brief";
import type { Settings } from "./presets";

/** What a preset holds, in a line: "Friendly, short, English; blog posts; with an audience" */
export function summary({ formats, tone, length, language, audience, brandVoice }: Settings): string {
  const manner = [capital(tone), length, LANGUAGES.find(([tag]) => tag === language)?.[1] ?? language].join(", ");
  const more = [audience.trim() && "an audience", brandVoice.trim() && "a brand voice"].filter(Boolean).join(" and ");
  return [manner, names([...formats]), more && `with ${more}`].filter(Boolean).join("; ");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
