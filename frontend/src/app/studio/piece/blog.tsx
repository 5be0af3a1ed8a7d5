import type { BlogPost } from "@/lib/api/types";
import { Markdown } from "../markdown-lazy";

/** An article, with its outline beside it where there is room, else folded above it. */
export function Blog({ post, lang }: { post: BlogPost; lang: string }) {
  return (
    <div className="mt-8 gap-12 xl:flex xl:items-start">
      <details className="no-print mb-6 max-w-2xl xl:hidden">
        <summary className="eyebrow min-h-6">Outline</summary>
        <Outline post={post} lang={lang} />
      </details>
      <article id="piece-blog" className="prose min-w-0 flex-1" lang={lang} dir="auto">
        <h2 className="text-[clamp(1.75rem,1.4rem+1.5vw,2.25rem)]! font-medium! mt-0!">{post.title}</h2>
        <Markdown text={post.introduction} level={4} />
        {post.sections.map((section, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sections have no name of their own, and two may be called the same
          <section key={index} className="mt-8">
            <h3 id={`section-${index}`} className="text-2xl! mb-3!">
              {section.heading}
            </h3>
            <Markdown text={section.body} level={4} />
          </section>
        ))}
        <div className="mt-8">
          <Markdown text={post.conclusion} level={4} />
        </div>
      </article>
      <nav aria-labelledby="outline" className="no-print sticky top-8 hidden w-56 shrink-0 xl:block">
        <h3 id="outline" className="eyebrow">
          Outline
        </h3>
        <Outline post={post} lang={lang} />
      </nav>
    </div>
  );
}

function Outline({ post, lang }: { post: BlogPost; lang: string }) {
  return (
    <ol className="mt-2 flex flex-col border-s border-line text-[0.9375rem]" lang={lang}>
      {post.sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <li key={index}>
          <a
            href={`#section-${index}`}
            className="block py-1.5 ps-4 text-soft hover:text-ink hover:underline underline-offset-4"
          >
            {section.heading}
          </a>
        </li>
      ))}
    </ol>
  );
}
