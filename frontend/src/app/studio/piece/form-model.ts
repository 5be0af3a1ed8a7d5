import type { Artifact, Format } from "@/lib/api/types";

/** How the pieces of a format are edited: their texts, and their lists of texts, in the order in which they are read. */
export type TextField = { kind: "text"; key: string; label: string; rows: number };
export type ListField = { kind: "list"; key: string; one: string; fields: readonly TextField[] };
export type EditorField = TextField | ListField | { kind: "tags"; key: string; label: string };

const text = (key: string, label: string, rows: number): TextField => ({ kind: "text", key, label, rows });

export const EDITOR_FIELDS: Record<Format, readonly EditorField[]> = {
  blog: [
    text("title", "Title", 1),
    text("introduction", "Introduction", 4),
    { kind: "list", key: "sections", one: "Section", fields: [text("heading", "Heading", 1), text("body", "Text", 7)] },
    text("conclusion", "Conclusion", 4),
  ],
  social: [
    text("linkedin", "LinkedIn", 9),
    text("x", "X", 4),
    text("facebook", "Facebook", 6),
    text("instagram", "Instagram", 6),
    { kind: "tags", key: "hashtags", label: "Hashtags" },
    text("call_to_action", "Call to action", 2),
  ],
  audio: [
    text("intro_hook", "Hook", 3),
    { kind: "list", key: "sections", one: "Section", fields: [text("heading", "Heading", 1), text("text", "Text", 6)] },
    text("conclusion", "Closing", 3),
    text("pacing_notes", "Pacing", 2),
  ],
  video: [
    text("hook", "Hook", 3),
    {
      kind: "list",
      key: "scenes",
      one: "Scene",
      fields: [
        text("narration", "Narration", 4),
        text("visual_cue", "Picture", 2),
        text("on_screen_text", "On screen", 1),
      ],
    },
    text("conclusion", "Closing", 3),
  ],
};

type Loose = Record<string, unknown>;

export function getText(artifact: Artifact, key: string): string {
  return String((artifact as unknown as Loose)[key] ?? "");
}

export function getItems(artifact: Artifact, key: string): readonly Record<string, string>[] {
  return ((artifact as unknown as Loose)[key] ?? []) as Record<string, string>[];
}

export function withMember(artifact: Artifact, key: string, value: unknown): Artifact {
  return { ...artifact, [key]: value } as Artifact;
}

export function getTags(artifact: Artifact): string {
  return (((artifact as unknown as Loose).hashtags ?? []) as string[]).join(" ");
}

/** "solar, #energy  shop" as the tags of a piece. */
export function toTags(typed: string): string[] {
  return typed
    .split(/[\s,]+/)
    .filter((tag) => tag !== "" && tag !== "#")
    .map((tag) => (tag.startsWith("#") ? tag : `#${tag}`));
}

export function withItem(
  artifact: Artifact,
  key: string,
  change: (items: readonly Record<string, string>[]) => readonly Record<string, string>[],
): Artifact {
  return withMember(artifact, key, change(getItems(artifact, key)));
}

export function emptyItem(field: ListField): Record<string, string> {
  return Object.fromEntries(field.fields.map(({ key }) => [key, ""]));
}

export function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(to, 0, items[from] as T);
}
