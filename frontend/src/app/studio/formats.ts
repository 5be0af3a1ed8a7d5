import { AudioLines, Clapperboard, FileText, MessagesSquare } from "lucide-react";
import type { Format, TaskName } from "@/lib/api/types";

export const FORMAT_NAMES: Record<Format, string> = {
  blog: "Blog post",
  social: "Social posts",
  audio: "Audio script",
  video: "Video script",
};

export const FORMAT_ICONS = { blog: FileText, social: MessagesSquare, audio: AudioLines, video: Clapperboard } as const;

/** Which agents write the text of a format, the last one the piece itself. */
export const FORMAT_TASKS: Record<Format, readonly TaskName[]> = {
  blog: ["write", "edit"],
  social: ["social"],
  audio: ["audio"],
  video: ["video"],
};
