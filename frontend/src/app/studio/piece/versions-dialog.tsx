"use client";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { StoredArtifact, Version } from "@/lib/api/types";
import { dateTime, useReader } from "@/lib/format";
import { Button } from "@/ui/button";
import { cx } from "@/ui/cx";
import { Dialog } from "@/ui/dialog";
import { ErrorPanel } from "@/ui/error-panel";
import { Spinner } from "@/ui/spinner";
import { Tabs } from "@/ui/tabs";
import { listVersions, readVersion, restore } from "./calls";
import { paragraphs } from "./lines";

const Difference = lazy(() => import("./difference"));
const ORIGINS = {
  written: "The crew wrote it",
  revised: "Written anew",
  edited: "You edited it",
  restored: "Taken up again",
} as const;

type Props = { jobId: string; stored: StoredArtifact; onClose: () => void; onRestored: (next: StoredArtifact) => void };

/** All versions of a piece: each to be read, compared with the newest, and taken up again. */
export function VersionsDialog({ jobId, stored, onClose, onRestored }: Props) {
  const { format } = stored;
  const list = useQuery({
    queryKey: ["versions", jobId, format, stored.version],
    queryFn: () => listVersions(jobId, format),
  });
  const [chosen, setChosen] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const newest = list.data?.[0]?.version ?? stored.version; // another tab may have made one since this piece was read
  const current = chosen ?? list.data?.find((each) => each.version !== stored.version)?.version ?? stored.version;

  const take = async () => {
    setBusy(true);
    setError(null);
    try {
      onRestored(await restore(jobId, format, current));
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Versions"
      footer={
        current !== stored.version && (
          <Button variant="primary" busy={busy} onClick={take}>
            Take version {current} up again
          </Button>
        )
      }
    >
      {list.isPending && <Spinner />}
      {list.error && (
        <ErrorPanel error={list.error} what="The versions could not be read" onRetry={() => list.refetch()} />
      )}
      {error !== null && <ErrorPanel error={error} what="That version could not be taken up again" />}
      {list.data && (
        <div className="grid grid-cols-1 gap-5 md:grid-cols-[14rem_minmax(0,1fr)]">
          <ol
            className="flex max-h-44 flex-col gap-1 overflow-y-auto p-0.5 md:max-h-[55dvh]"
            aria-label="All versions, the newest first"
          >
            {list.data.map((version) => (
              <li key={version.version}>
                <Entry
                  version={version}
                  newest={version.version === newest}
                  chosen={version.version === current}
                  onChoose={() => setChosen(version.version)}
                />
              </li>
            ))}
          </ol>
          <Compare key={current} jobId={jobId} stored={stored} version={current} />
        </div>
      )}
    </Dialog>
  );
}

type EntryProps = { version: Version; newest: boolean; chosen: boolean; onChoose: () => void };

function Entry({ version, newest, chosen, onChoose }: EntryProps) {
  const reader = useReader();
  return (
    <button
      type="button"
      aria-pressed={chosen}
      className={cx(
        "w-full rounded-lg border px-3 py-2 text-start",
        chosen ? "border-accent bg-accent-wash" : "border-line hover:bg-sunken",
      )}
      onClick={onChoose}
    >
      <span className="font-semibold">
        Version {version.version}
        {newest && <span className="font-normal text-soft">, the newest</span>}
      </span>
      <span className="block text-sm text-soft">
        {ORIGINS[version.origin]} {dateTime(version.created_at, reader)}
      </span>
      {version.note && <span className="line-clamp-2 text-sm text-soft">“{version.note}”</span>}
    </button>
  );
}

function Compare({ jobId, stored, version }: { jobId: string; stored: StoredArtifact; version: number }) {
  const [view, setView] = useState("changes");
  const { data, error, refetch } = useQuery({
    queryKey: ["version", jobId, stored.format, version],
    queryFn: () => readVersion(jobId, stored.format, version),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) {
    return <ErrorPanel error={error} what="That version could not be read" onRetry={refetch} />;
  }
  if (!data) {
    return <Spinner />;
  }
  const text = paragraphs(stored.format, data.artifact);
  const whole = <p className="font-serif text-[1.0625rem] leading-relaxed whitespace-pre-wrap">{text}</p>;
  if (version === stored.version) {
    return <div className="max-h-[55dvh] overflow-y-auto">{whole}</div>;
  }
  const pane = (content: React.ReactNode) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
    <div tabIndex={0} className="max-h-[48dvh] overflow-y-auto p-1 pt-4">
      {content}
    </div>
  );
  return (
    <Tabs
      label="How to look at it"
      selected={view}
      onSelect={setView}
      tabs={[
        {
          id: "changes",
          label: `What version ${stored.version} changed`,
          content: pane(
            <Suspense fallback={<Spinner />}>
              <Difference before={text} after={paragraphs(stored.format, stored.artifact)} />
            </Suspense>,
          ),
        },
        { id: "text", label: `Version ${version}`, content: pane(whole) },
      ]}
    />
  );
}
