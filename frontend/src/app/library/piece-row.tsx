"use client";
import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useEffect, useId, useRef, useState } from "react";
import { asApiError } from "@/lib/api/error";
import { dateTime, FORMAT_NAMES, useReader } from "@/lib/format";
import { isOver } from "@/lib/run/state";
import { Badge } from "@/ui/badge";
import { Button, IconButton } from "@/ui/button";
import { useStatus } from "@/ui/status";
import { JOBS_KEY, type Page, type Piece, renameJob } from "./jobs";
import { STATES } from "./states";

export function PieceRow({ piece, onDelete }: { piece: Piece; onDelete: () => void }) {
  const [renaming, setRenaming] = useState(false);
  const reader = useReader();
  const rename = useRef<HTMLButtonElement>(null);
  const name = piece.title ?? piece.topic;
  const state = STATES[piece.status];
  return (
    <li data-piece={piece.id} className="flex items-start gap-2 py-4 ps-5 pe-3">
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        {renaming ? (
          <Rename
            piece={piece}
            onDone={() => {
              setRenaming(false);
              requestAnimationFrame(() => rename.current?.focus());
            }}
          />
        ) : (
          <h2 className="min-w-0">
            <Link
              href={`/studio?job=${piece.id}`}
              prefetch={false}
              className="line-clamp-3 font-serif text-lg leading-snug font-medium text-pretty break-words underline-offset-4 hover:underline"
            >
              {name}
            </Link>
          </h2>
        )}
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-sm text-soft">
          <Badge tone={state.tone}>{state.text}</Badge>
          {piece.demo && (
            <Badge tone="warn" title="A labelled sample, not the work of a model">
              Offline sample
            </Badge>
          )}
          <span>{piece.formats.map((format) => FORMAT_NAMES[format]).join(", ")}</span>
          <time dateTime={piece.created_at}>{dateTime(piece.created_at, reader)}</time>
        </p>
      </div>
      {!renaming && (
        <div className="-mt-1.5 flex">
          <IconButton ref={rename} label={`Rename ${name}`} title="Rename" onClick={() => setRenaming(true)}>
            <Pencil size={18} aria-hidden="true" />
          </IconButton>
          {isOver(piece.status) ? (
            <IconButton label={`Delete ${name}`} title="Delete" onClick={onDelete}>
              <Trash2 size={18} aria-hidden="true" />
            </IconButton>
          ) : (
            <span className="size-10" />
          )}
        </div>
      )}
    </li>
  );
}

/** Enter keeps the name, Esc leaves it; an empty one gives it back to the topic. */
function Rename({ piece, onDone }: { piece: Piece; onDone: () => void }) {
  const queries = useQueryClient();
  const say = useStatus();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => input.current?.select(), []);
  const save = useMutation({
    mutationFn: (title: string) => renameJob(piece.id, title),
    onSuccess: (renamed) => {
      queries.setQueriesData<InfiniteData<Page>>({ queryKey: JOBS_KEY }, (all) => all && withName(all, renamed));
      void queries.invalidateQueries({ queryKey: ["job", piece.id] });
      say("Renamed");
      onDone();
    },
  });
  const error = save.error ? asApiError(save.error) : null;
  const told = error && (error.fieldError("/title") ?? error.detail);
  return (
    <form
      method="post"
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const title = String(new FormData(event.currentTarget).get("title") ?? "");
        if (title.trim() === (piece.title ?? piece.topic).trim()) {
          onDone();
        } else if (!save.isPending) {
          save.mutate(title);
        }
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          onDone();
        }
      }}
    >
      <div className="min-w-0 flex-1 basis-52">
        <input
          ref={input}
          name="title"
          aria-label="Name of the piece"
          aria-invalid={told ? true : undefined}
          aria-describedby={told ? `${id}-error` : `${id}-hint`}
          className="control"
          defaultValue={piece.title ?? piece.topic}
          autoComplete="off"
        />
        {told ? (
          <p id={`${id}-error`} role="alert" className="mt-1 text-sm font-medium text-danger">
            {told}
          </p>
        ) : (
          <p id={`${id}-hint`} className="mt-1 text-sm text-soft">
            Empty: named by its topic again
          </p>
        )}
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save
        </Button>
        <Button onClick={onDone}>Leave</Button>
      </div>
    </form>
  );
}

function withName(all: InfiniteData<Page>, renamed: Piece): InfiniteData<Page> {
  const pages = all.pages.map((page) => ({
    ...page,
    data: page.data.map((each) => (each.id === renamed.id ? { ...each, title: renamed.title } : each)),
  }));
  return { ...all, pages };
}
