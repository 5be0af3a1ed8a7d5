"use client";
import { ChevronDown, Copy, Download, FileArchive, History, Pencil, Printer, RotateCw } from "lucide-react";
import type { Ref } from "react";
import type { Job, StoredArtifact } from "@/lib/api/types";
import { isOver } from "@/lib/run/state";
import { Button, buttonClass } from "@/ui/button";
import { Menu, MenuDownload, MenuItem } from "@/ui/menu";
import { useToast } from "@/ui/toast";
import { FORMS, fileUrl, markdownUrl, zipUrl } from "./calls";
import { copyMarkdown, copyRich } from "./copy";

type Props = {
  job: Job;
  stored: StoredArtifact;
  edit: Ref<HTMLButtonElement>;
  redo: Ref<HTMLButtonElement>;
  onEdit: () => void;
  onRedo: () => void;
  onVersions: () => void;
};

/** What can be done with a piece. */
export function Toolbar({ job, stored, edit, redo, onEdit, onRedo, onVersions }: Props) {
  const toast = useToast();
  const { format } = stored;
  const over = isOver(job.status);
  const tell = (copying: Promise<void>) =>
    copying.then(
      () => toast({ text: "Copied" }),
      () => toast({ text: "The browser did not let us copy. Select the text and copy it by hand", tone: "danger" }),
    );
  return (
    <div className="no-print flex flex-wrap items-center gap-1.5 border-b border-line pb-3.5">
      <Menu
        label="Copy"
        align="start"
        buttonClassName={buttonClass({ size: "sm" })}
        button={
          <>
            <Copy size={16} aria-hidden="true" /> Copy <ChevronDown size={14} aria-hidden="true" />
          </>
        }
      >
        <MenuItem onSelect={() => tell(copyRich(`piece-${format}`))}>As formatted text</MenuItem>
        <MenuItem onSelect={() => tell(copyMarkdown(markdownUrl(job.id, format, stored.version)))}>
          As Markdown
        </MenuItem>
      </Menu>
      <Menu
        label="Download"
        align="start"
        buttonClassName={buttonClass({ size: "sm" })}
        button={
          <>
            <Download size={16} aria-hidden="true" /> Download <ChevronDown size={14} aria-hidden="true" />
          </>
        }
      >
        {FORMS.map(([as, name]) => (
          <MenuDownload key={as} href={fileUrl(job.id, format, as)}>
            {name}
          </MenuDownload>
        ))}
        <MenuDownload href={zipUrl(job.id)} icon={<FileArchive size={17} aria-hidden="true" />}>
          All pieces (zip)
        </MenuDownload>
        <MenuItem
          icon={<Printer size={17} aria-hidden="true" />}
          onSelect={() => requestAnimationFrame(() => window.print())}
        >
          Print, or save as PDF
        </MenuItem>
      </Menu>
      <span className="flex-1" />
      <Button ref={edit} size="sm" variant="quiet" icon={<Pencil size={15} aria-hidden="true" />} onClick={onEdit}>
        Edit
      </Button>
      <Button
        ref={redo}
        size="sm"
        variant="quiet"
        icon={<RotateCw size={15} aria-hidden="true" />}
        disabled={!over}
        title={over ? undefined : "When the crew has finished"}
        onClick={onRedo}
      >
        Redo with a note
      </Button>
      <Button size="sm" variant="quiet" icon={<History size={15} aria-hidden="true" />} onClick={onVersions}>
        Version {stored.version}
      </Button>
    </div>
  );
}
