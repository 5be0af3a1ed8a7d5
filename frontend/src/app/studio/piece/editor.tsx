"use client";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { ApiError } from "@/lib/api/error";
import type { Artifact, Format, Measures, StoredArtifact } from "@/lib/api/types";
import { Button, IconButton } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { Field, Textarea } from "@/ui/field";
import { minutes } from "../time";
import { readNewest, save } from "./calls";
import {
  EDITOR_FIELDS,
  type EditorField,
  emptyItem,
  getItems,
  getTags,
  getText,
  type ListField,
  moved,
  type TextField,
  toTags,
  withItem,
  withMember,
} from "./form-model";
import { type Edit, forgetEdit, keepEdit } from "./kept-edit";
import { paragraphs } from "./lines";
import { Count } from "./social";
import { useMeasures } from "./use-measures";

const Difference = lazy(() => import("./difference"));

type Props = {
  jobId: string;
  stored: StoredArtifact;
  lang: string;
  /** What was typed before and not saved */
  kept: Edit | null;
  onCancel: () => void;
  /** With the newest version, and the one before it, to go back to; null if it is not the reader's own */
  onSaved: (next: StoredArtifact, back: number | null) => void;
};

/** Changes a piece in its place. Nothing typed is lost: neither by a refusal, by going elsewhere, nor when there is a newer version. */
export function Editor({ jobId, stored, lang, kept, onCancel, onSaved }: Props) {
  const { format } = stored;
  const [first] = useState<Edit>({ base: stored.version, artifact: stored.artifact });
  const [begun] = useState<Edit>(kept ?? first);
  const [draft, setDraft] = useState<Artifact>(begun.artifact);
  const [base, setBase] = useState(begun.base);
  const [theirs, setTheirs] = useState<StoredArtifact | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const measures = useMeasures(format, draft, { of: first.artifact, measures: stored.measures });
  const dirty = draft !== first.artifact;
  const refusal = error instanceof ApiError ? error : null;

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);

  useEffect(() => {
    if (dirty) {
      keepEdit(jobId, format, { base: begun.base, artifact: draft }); // a conflict that is not settled is to be shown again
    }
  }, [begun, dirty, draft, format, jobId]);

  useEffect(() => {
    if (!dirty) {
      return;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty]);

  const onSave = async (over: number) => {
    if (busy) {
      return;
    }
    setBusy(true);
    setError(null);
    try {
      const next = await save(jobId, format, over, draft);
      forgetEdit(jobId, format);
      onSaved(next, over);
    } catch (thrown) {
      const newest =
        thrown instanceof ApiError && thrown.status === 409 ? await readNewest(jobId, format).catch(() => null) : null;
      if (newest && newest.version > over) {
        setTheirs(newest);
        setBase(newest.version);
      } else {
        setError(thrown);
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      ref={form}
      className="flex max-w-3xl flex-col gap-6 py-5"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(base);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void onSave(base);
        }
      }}
    >
      {EDITOR_FIELDS[format].map((field) => (
        <EditField
          key={field.key}
          field={field}
          draft={draft}
          lang={lang}
          measures={measures}
          refusal={refusal}
          onChange={setDraft}
        />
      ))}
      {theirs && (
        <Conflict
          format={format}
          mine={draft}
          theirs={theirs}
          onDiscard={() => {
            forgetEdit(jobId, format);
            onSaved(theirs, null);
          }}
        />
      )}
      {error !== null && <ErrorPanel error={error} what="Your changes were not saved" next="They are still here." />}
      <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center gap-3 border-t border-line bg-paper px-1 py-3">
        <Button type="submit" variant="primary" busy={busy}>
          {theirs ? "Save mine as the newest" : "Save as a new version"}
        </Button>
        <Button
          onClick={() => {
            forgetEdit(jobId, format);
            onCancel();
          }}
        >
          {dirty ? "Discard changes" : "Back"}
        </Button>
        <span className="ms-auto text-sm text-soft tabular-nums">{summary(format, measures)}</span>
      </div>
    </form>
  );
}

function summary(format: Format, measures: Measures | undefined): string {
  if (!measures) {
    return "";
  }
  const time =
    measures.seconds === null ? "" : `, ${minutes(measures.seconds)} to ${format === "blog" ? "read" : "speak"}`;
  return `${measures.words.toLocaleString("en")} words${time}`;
}

type ConflictProps = { format: Format; mine: Artifact; theirs: StoredArtifact; onDiscard: () => void };

/** Another tab or device has saved meanwhile: both texts are there, and the reader says which is to be the newest. */
function Conflict({ format, mine, theirs, onDiscard }: ConflictProps) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.scrollIntoView({ block: "center" }); // newer browsers return a promise, which is no way to end an effect
  }, []);
  return (
    <div ref={panel} role="alert" className="rounded-xl border border-warn bg-warn-wash px-5 py-4">
      <p className="font-semibold text-warn">Version {theirs.version} was saved elsewhere while you were writing</p>
      <p className="mt-1">
        Your text is still here. Save it as the newest, and the other one stays among the versions; or take the other
        one and give yours up.
      </p>
      <details className="mt-2">
        <summary className="font-semibold">What your text changes in version {theirs.version}</summary>
        <div className="mt-2 max-h-72 overflow-y-auto rounded-lg bg-surface p-4 text-ink">
          <Suspense fallback={null}>
            <Difference before={paragraphs(format, theirs.artifact)} after={paragraphs(format, mine)} />
          </Suspense>
        </div>
      </details>
      <div className="mt-3">
        <Button size="sm" onClick={onDiscard}>
          Take version {theirs.version}
        </Button>
      </div>
    </div>
  );
}

type EditProps = {
  field: EditorField;
  draft: Artifact;
  lang: string;
  measures: Measures | undefined;
  refusal: ApiError | null;
  onChange: (next: Artifact) => void;
};

function EditField({ field, draft, lang, measures, refusal, onChange }: EditProps) {
  if (field.kind === "list") {
    return <EditList field={field} draft={draft} lang={lang} refusal={refusal} onChange={onChange} />;
  }
  if (field.kind === "tags") {
    return <EditTags label={field.label} draft={draft} refusal={refusal} onChange={onChange} />;
  }
  const post = measures?.posts.find((each) => each.network === field.key);
  return (
    <EditText
      field={field}
      value={getText(draft, field.key)}
      lang={lang}
      aside={post && <Count measure={post} />}
      error={refusal?.fieldError(`/artifact/${field.key}`)}
      onChange={(value) => onChange(withMember(draft, field.key, value))}
    />
  );
}

type TextProps = {
  field: TextField;
  value: string;
  lang: string;
  aside?: React.ReactNode;
  error?: string;
  onChange: (value: string) => void;
};

function EditText({ field, value, lang, aside, error, onChange }: TextProps) {
  return (
    <Field label={field.label} aside={aside} error={error}>
      {(wiring) => (
        <Textarea
          {...wiring}
          rows={field.rows}
          lang={lang}
          dir="auto"
          className="field-sizing-content max-h-[60dvh] resize-none font-serif text-[1.0625rem]!"
          value={value}
          onChange={(event) => onChange(field.rows === 1 ? event.target.value.replace(/\n/g, " ") : event.target.value)}
        />
      )}
    </Field>
  );
}

type ListProps = {
  field: ListField;
  draft: Artifact;
  lang: string;
  refusal: ApiError | null;
  onChange: (next: Artifact) => void;
};

function EditList({ field, draft, lang, refusal, onChange }: ListProps) {
  const items = getItems(draft, field.key);
  const change = (how: (now: readonly Record<string, string>[]) => readonly Record<string, string>[]) =>
    onChange(withItem(draft, field.key, how));
  return (
    <div className="flex flex-col gap-4">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the texts are held above, by their place
        <fieldset key={index} className="card flex flex-col gap-4 px-5 pt-3 pb-5">
          <legend className="sr-only">
            {field.one} {index + 1}
          </legend>
          <div className="flex items-center gap-1">
            <span className="eyebrow me-auto" aria-hidden="true">
              {field.one} {index + 1}
            </span>
            <IconButton
              label={`Move ${field.one.toLowerCase()} ${index + 1} up`}
              disabled={index === 0}
              onClick={() => change((now) => moved(now, index, index - 1))}
            >
              <ArrowUp size={17} aria-hidden="true" />
            </IconButton>
            <IconButton
              label={`Move ${field.one.toLowerCase()} ${index + 1} down`}
              disabled={index === items.length - 1}
              onClick={() => change((now) => moved(now, index, index + 1))}
            >
              <ArrowDown size={17} aria-hidden="true" />
            </IconButton>
            <IconButton
              label={`Take ${field.one.toLowerCase()} ${index + 1} out`}
              disabled={items.length === 1}
              onClick={() => change((now) => now.toSpliced(index, 1))}
            >
              <Trash2 size={17} aria-hidden="true" />
            </IconButton>
          </div>
          {field.fields.map((each) => (
            <EditText
              key={each.key}
              field={each}
              value={item[each.key] ?? ""}
              lang={lang}
              error={refusal?.fieldError(`/artifact/${field.key}/${index}/${each.key}`)}
              onChange={(value) => change((now) => now.with(index, { ...now[index], [each.key]: value }))}
            />
          ))}
        </fieldset>
      ))}
      <Button
        className="self-start"
        size="sm"
        icon={<Plus size={16} aria-hidden="true" />}
        onClick={() => change((now) => [...now, emptyItem(field)])}
      >
        Add a {field.one.toLowerCase()}
      </Button>
    </div>
  );
}

type TagProps = { label: string; draft: Artifact; refusal: ApiError | null; onChange: (next: Artifact) => void };

function EditTags({ label, draft, refusal, onChange }: TagProps) {
  const [typed, setTyped] = useState(() => getTags(draft)); // as it is typed, with its half tags and blanks
  const error = refusal?.errors.find((each) => each.pointer.startsWith("/artifact/hashtags"))?.message;
  return (
    <Field label={label} hint="With blanks between them" error={error}>
      {(wiring) => (
        <Textarea
          {...wiring}
          rows={1}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(withMember(draft, "hashtags", toTags(event.target.value)));
          }}
        />
      )}
    </Field>
  );
}
