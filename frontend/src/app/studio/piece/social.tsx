"use client";
import { Copy } from "lucide-react";
import { useState } from "react";
import type { Network, PostMeasure, SocialPosts } from "@/lib/api/types";
import { copyText } from "@/lib/copy";
import { IconButton } from "@/ui/button";
import { cx } from "@/ui/cx";
import { useToast } from "@/ui/toast";

export const NETWORKS: readonly Network[] = ["linkedin", "x", "facebook", "instagram"];
export const NETWORK_NAMES: Record<Network, string> = {
  linkedin: "LinkedIn",
  x: "X",
  facebook: "Facebook",
  instagram: "Instagram",
};

type Props = { posts: SocialPosts; measures: readonly PostMeasure[]; lang: string };

/** The posts as their networks will show them: cut at the fold, split into threads, counted by the service. */
export function Social({ posts, measures, lang }: Props) {
  return (
    <div
      id="piece-social"
      className="mt-7 gap-5 lg:columns-2 [&>section]:mb-5 [&>section]:break-inside-avoid"
      lang={lang}
    >
      {NETWORKS.map((network) => (
        <Post
          key={network}
          network={network}
          text={posts[network]}
          measure={measures.find((each) => each.network === network)}
        />
      ))}
      <section className="card p-5">
        <h3 className="font-semibold">Hashtags</h3>
        <p className="mt-2 flex flex-wrap gap-x-3 gap-y-1 text-accent" dir="auto">
          {posts.hashtags.map((tag) => (
            <span key={tag}>{tag.startsWith("#") ? tag : `#${tag}`} </span>
          ))}
        </p>
      </section>
      <section className="card p-5">
        <h3 className="font-semibold">Call to action</h3>
        <p className="mt-2" dir="auto">
          {posts.call_to_action}
        </p>
      </section>
    </div>
  );
}

function Post({ network, text, measure }: { network: Network; text: string; measure?: PostMeasure }) {
  const toast = useToast();
  const parts = measure && isThread(measure) ? measure.parts : null;
  return (
    <section aria-label={NETWORK_NAMES[network]} className="card overflow-hidden">
      <div className="flex items-center gap-3 border-b border-line py-1.5 ps-5 pe-2">
        <h3 className="font-semibold">{NETWORK_NAMES[network]}</h3>
        {measure && <Count measure={measure} />}
        <IconButton
          label={`Copy the post for ${NETWORK_NAMES[network]}`}
          className="ms-auto"
          onClick={() =>
            copyText(text).then(
              () => toast({ text: `The post for ${NETWORK_NAMES[network]} is copied` }),
              () => toast({ text: "The browser did not let us copy", tone: "danger" }),
            )
          }
        >
          <Copy size={17} aria-hidden="true" />
        </IconButton>
      </div>
      {parts ? (
        <ol className="flex flex-col divide-y divide-line">
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a thread are what they are by their place
            <li key={index} className="px-5 py-4">
              <span className="no-copy text-[0.8125rem] font-semibold text-soft">
                {index + 1} of {parts.length}
              </span>
              <p className="mt-1 leading-relaxed whitespace-pre-wrap" dir="auto">
                {part}
              </p>
            </li>
          ))}
        </ol>
      ) : (
        <Folded text={text} at={measure?.fold_at ?? null} />
      )}
    </section>
  );
}

/** As the network shows it at first: the rest comes with "more". */
function Folded({ text, at }: { text: string; at: number | null }) {
  const [open, setOpen] = useState(false);
  const points = Array.from(text);
  const folds = at !== null && points.length > at;
  return (
    <div className="px-5 py-4">
      <p className="leading-relaxed whitespace-pre-wrap" dir="auto">
        {folds && !open ? `${points.slice(0, at).join("").trimEnd()}…` : text}
        {folds && (
          <>
            {" "}
            <button
              type="button"
              className="min-h-6 font-semibold text-soft hover:underline print:hidden"
              onClick={() => setOpen(!open)}
            >
              {open ? "show less" : "more"}
            </button>
          </>
        )}
      </p>
      {folds && (
        <p className="no-copy no-print mt-2.5 border-t border-dashed border-edge pt-1.5 text-[0.8125rem] text-soft">
          Readers see the first {at} characters before they tap on “more”.
        </p>
      )}
    </div>
  );
}

/** The service cuts every post that is too long, but only X shows posts one after another. */
function isThread(measure: PostMeasure): boolean {
  return measure.network === "x" && measure.parts.length > 1;
}

/** How much of what the network allows is used. */
export function Count({ measure }: { measure: PostMeasure }) {
  const over = measure.count > measure.limit;
  return (
    <span className={cx("no-copy text-sm tabular-nums", over ? "font-semibold text-danger" : "text-soft")}>
      {measure.count.toLocaleString("en")} of {measure.limit.toLocaleString("en")}
      {over &&
        (isThread(measure)
          ? `: a thread of ${measure.parts.length}`
          : `: ${(measure.count - measure.limit).toLocaleString("en")} too many`)}
    </span>
  );
}
