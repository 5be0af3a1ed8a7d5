import { diffWordsWithSpace } from "diff";

/** What was taken out of a text and what was put in, in words. Loaded when it is first asked for. */
export default function Difference({ before, after }: { before: string; after: string }) {
  const changes = diffWordsWithSpace(before, after);
  if (changes.every((change) => !change.added && !change.removed)) {
    return <p className="text-soft">Both say the same.</p>;
  }
  return (
    <p className="font-serif text-[1.0625rem] leading-relaxed whitespace-pre-wrap" dir="auto">
      {changes.map((change, index) => {
        const Tag = change.added ? "ins" : change.removed ? "del" : "span";
        const look = change.added
          ? "bg-accent-wash text-accent-strong underline decoration-1 underline-offset-2"
          : change.removed
            ? "bg-danger-wash text-danger line-through"
            : undefined;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: drawn once for these two texts
          <Tag key={index} className={look}>
            {change.value}
          </Tag>
        );
      })}
    </p>
  );
}
