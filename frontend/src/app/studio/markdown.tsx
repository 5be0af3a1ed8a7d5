import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import remend from "remend";

type Props = { text: string; level?: number; open?: boolean };

const REMARK = [remarkGfm];
const REHYPE = [rehypeSanitize];
const AT_LEVEL = new Map<number, Components>();

/** One block or more. The same text is drawn once. */
export default memo(function MarkdownText({ text, level = 2, open = false }: Props) {
  return (
    <ReactMarkdown remarkPlugins={REMARK} rehypePlugins={REHYPE} components={componentsAt(level)}>
      {open ? remend(text) : text}
    </ReactMarkdown>
  );
});

/** Headings go below those of the page; links leave it; pictures, which could call home, are shown as links. */
function componentsAt(level: number): Components {
  const made = AT_LEVEL.get(level);
  if (made) {
    return made;
  }
  const heading = (own: number) => `h${Math.min(6, own - 1 + level)}` as "h2";
  const components: Components = {
    h1: heading(1),
    h2: heading(2),
    h3: heading(3),
    h4: heading(4),
    h5: heading(5),
    h6: heading(6),
    a: ({ href, children }) => (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ),
    img: ({ src, alt }) => (
      <a href={typeof src === "string" ? src : undefined} target="_blank" rel="noopener noreferrer nofollow">
        {alt || "picture"}
      </a>
    ),
    input: ({ checked }) => <span>{checked ? "☑ " : "☐ "}</span>,
  };
  AT_LEVEL.set(level, components);
  return components;
}
