import * as z from "zod/mini";
import { FORMATS } from "@/lib/api/types";
import { keptIn, presetsKey } from "@/lib/kept";
import { type Brief, LANGUAGES, LENGTHS, TONES } from "../brief/brief";

/** How many an account may have in a browser. */
export const MOST = 20;
export const LONGEST_NAME = 60;

z.config({ jitless: true }); // without it checks are made by `new Function`, which the page's policy forbids

const OneOfFormats = z.enum(["blog", "social", "audio", "video"]);
const Settings = z.object({
  formats: z.array(OneOfFormats).check(z.minLength(1), z.maxLength(FORMATS.length)),
  tone: z.enum(TONES),
  length: z.enum(LENGTHS),
  language: z.enum(LANGUAGES.map(([tag]) => tag)),
  audience: z.string().check(z.maxLength(500)),
  brandVoice: z.string().check(z.maxLength(5_000)),
});
const OnePreset = z.extend(Settings, {
  id: z.string().check(z.minLength(1)),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_NAME)),
});

/** All of a brief but what it is about. */
export type Settings = Omit<Brief, "topic">;
export type Preset = Settings & { readonly id: string; readonly name: string };

const NONE: readonly Preset[] = [];
const TOLD = "presets";
let last: { key: string; raw: string | null; presets: readonly Preset[] } | null = null;

/** The presets of an account, the last saved last. What is kept and does not fit, as an older page or somebody's hand may have left it, is none. */
export function readPresets(userId: string): readonly Preset[] {
  const key = presetsKey(userId);
  const raw = keptIn("local")?.getItem(key) ?? null;
  if (last?.key !== key || last.raw !== raw) {
    last = { key, raw, presets: parse(raw) };
  }
  return last.presets;
}

function parse(raw: string | null): readonly Preset[] {
  let read: unknown;
  try {
    read = JSON.parse(raw ?? "[]");
  } catch {
    return NONE;
  }
  const presets = (Array.isArray(read) ? read : []).flatMap((each) => {
    const { data } = OnePreset.safeParse(each);
    return data ? [data] : [];
  });
  return presets.filter(({ id }, at) => presets.findIndex((each) => each.id === id) === at).slice(0, MOST);
}

/** Keeps the settings of a brief under a name, in the place of the preset that has it. Returns what is wrong, or null. */
export function savePreset(userId: string, name: string, brief: Brief): string | null {
  const now = readPresets(userId);
  const old = named(now, name);
  if (!old && now.length >= MOST) {
    return `There are ${MOST} presets, which is the most. Delete one first, or take the name of one.`;
  }
  const made = OnePreset.safeParse({ ...settingsOf(brief), id: old?.id ?? newId(), name });
  if (!made.success) {
    return wrong(name) ?? "These settings cannot be kept. Look whether a format is chosen.";
  }
  const next = made.data;
  return write(userId, old ? now.map((each) => (each === old ? next : each)) : [...now, next]);
}

export function renamePreset(userId: string, id: string, name: string): string | null {
  const now = readPresets(userId);
  const other = named(now, name);
  if (other && other.id !== id) {
    return "Another preset has that name.";
  }
  return (
    wrong(name) ??
    write(
      userId,
      now.map((each) => (each.id === id ? { ...each, name: name.trim() } : each)),
    )
  );
}

export function removePreset(userId: string, id: string): string | null {
  return write(
    userId,
    readPresets(userId).filter((each) => each.id !== id),
  );
}

/** Takes a removal back: the preset is where it was. */
export function putBack(userId: string, preset: Preset, at: number): string | null {
  const now = readPresets(userId);
  return now.length >= MOST || now.some(({ id }) => id === preset.id)
    ? "It cannot be brought back any more."
    : write(userId, now.toSpliced(at, 0, preset));
}

/** The preset of that name, however it is written. */
export function named(presets: readonly Preset[], name: string): Preset | undefined {
  const wanted = name.trim().toLocaleLowerCase();
  return presets.find((each) => each.name.toLocaleLowerCase() === wanted);
}

export function settingsOf(brief: Settings): Settings {
  const { formats, tone, length, language, audience, brandVoice } = brief;
  return { formats: [...formats], tone, length, language, audience: audience.trim(), brandVoice: brandVoice.trim() };
}

/** Whether the brief is as the preset has it. */
export function isChosen(preset: Preset, brief: Brief): boolean {
  const { id: _, name: __, ...settings } = preset;
  return JSON.stringify(settingsOf(settings)) === JSON.stringify(settingsOf(brief));
}

/** Tells whenever presets have changed, here or in another tab. */
export function subscribe(call: () => void): () => void {
  addEventListener(TOLD, call);
  addEventListener("storage", call);
  return () => {
    removeEventListener(TOLD, call);
    removeEventListener("storage", call);
  };
}

function wrong(name: string): string | null {
  const length = name.trim().length;
  return length === 0 ? "Give it a name." : length > LONGEST_NAME ? `At most ${LONGEST_NAME} characters.` : null;
}

function write(userId: string, presets: readonly Preset[]): string | null {
  try {
    const local = keptIn("local");
    if (!local) {
      return "This browser keeps nothing for this page.";
    }
    local.setItem(presetsKey(userId), JSON.stringify(presets));
  } catch {
    return "There is no room left in this browser. Delete a preset, or shorten the brand voice.";
  }
  dispatchEvent(new Event(TOLD));
  return null;
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
