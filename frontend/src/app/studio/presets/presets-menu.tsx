"use client";
import { Bookmark, BookmarkPlus, ChevronDown, Pencil } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { buttonClass } from "@/ui/button";
import { Menu, MenuItem, MenuNote } from "@/ui/menu";
import { useToast } from "@/ui/toast";
import type { Brief } from "../brief/brief";
import { ManagePresets } from "./manage-presets";
import { isChosen, type Preset, readPresets, settingsOf, subscribe } from "./presets";
import { SavePreset } from "./save-preset";

export type PresetsProps = { userId: string; brief: Brief; onPick: (settings: Partial<Brief>) => void };

const NONE: readonly Preset[] = [];

/** Settings that were kept under a name: to pick, to save those of now, to rename and to delete. */
export default function PresetsMenu({ userId, brief, onPick }: PresetsProps) {
  const presets = useSyncExternalStore(
    subscribe,
    () => readPresets(userId),
    () => NONE,
  );
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const toast = useToast();

  const pick = (preset: Preset) => {
    const before = settingsOf(brief);
    const { id: _, name, ...settings } = preset;
    onPick(settings);
    toast({ text: `The settings are those of ${name}`, action: { label: "Undo", onClick: () => onPick(before) } });
  };

  return (
    <>
      <Menu
        label="Presets"
        buttonClassName={buttonClass({ size: "sm", variant: "quiet" }, "-me-3")}
        button={
          <>
            <Bookmark size={16} aria-hidden="true" /> Presets <ChevronDown size={14} aria-hidden="true" />
          </>
        }
      >
        {presets.length === 0 && (
          <MenuNote>Keep your settings under a name, and have them back with one click.</MenuNote>
        )}
        {presets.map((preset) => (
          <MenuItem key={preset.id} checked={isChosen(preset, brief)} onSelect={() => pick(preset)}>
            <span className="min-w-0 break-words">{preset.name}</span>
          </MenuItem>
        ))}
        {presets.length > 0 && <hr className="my-1.5 border-line" />}
        <MenuItem icon={<BookmarkPlus size={17} aria-hidden="true" />} onSelect={() => setDialog("save")}>
          Save these settings
        </MenuItem>
        {presets.length > 0 && (
          <MenuItem icon={<Pencil size={17} aria-hidden="true" />} onSelect={() => setDialog("manage")}>
            Rename or delete
          </MenuItem>
        )}
      </Menu>
      {dialog &&
        createPortal(
          // Forms of their own, so not within the brief's; and what happens in them is not for that to hear
          <div onSubmit={(event) => event.stopPropagation()}>
            {dialog === "save" ? (
              <SavePreset userId={userId} brief={brief} presets={presets} onClose={() => setDialog(null)} />
            ) : (
              <ManagePresets userId={userId} presets={presets} onClose={() => setDialog(null)} />
            )}
          </div>,
          document.body,
        )}
    </>
  );
}
