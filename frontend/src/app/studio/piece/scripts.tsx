import type { ReactNode } from "react";
import type { AudioScript, VideoScript } from "@/lib/api/types";
import { Markdown } from "../markdown-lazy";

/** A script to be spoken, part by part. */
export function Audio({ script, lang }: { script: AudioScript; lang: string }) {
  return (
    <div id="piece-audio" className="mt-7 max-w-3xl" lang={lang} dir="auto">
      <Part name="Hook">
        <Markdown text={script.intro_hook} level={4} />
      </Part>
      {script.sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections are what they are by their place
        <Part key={index} name={section.heading}>
          <Markdown text={section.text} level={4} />
        </Part>
      ))}
      <Part name="Closing">
        <Markdown text={script.conclusion} level={4} />
      </Part>
      <aside className="mt-6 rounded-xl bg-sunken px-5 py-4">
        <h3 className="font-semibold">Pacing</h3>
        <p className="mt-1 whitespace-pre-wrap">{script.pacing_notes}</p>
      </aside>
    </div>
  );
}

/** A script to be filmed: what is heard beside what is seen. */
export function Video({ script, lang }: { script: VideoScript; lang: string }) {
  return (
    <div id="piece-video" className="mt-7" lang={lang} dir="auto">
      <div className="max-w-3xl">
        <Part name="Hook">
          <Markdown text={script.hook} level={4} />
        </Part>
      </div>
      <ol className="my-6 flex flex-col gap-4">
        {script.scenes.map((scene, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: scenes are what they are by their place
          <li key={index} className="card grid gap-x-8 gap-y-4 p-5 md:grid-cols-[3fr_2fr]">
            <div>
              <h3 className="eyebrow">Scene {index + 1}</h3>
              <div className="prose mt-1">
                <Markdown text={scene.narration} level={4} />
              </div>
            </div>
            <dl className="flex flex-col gap-3 text-[0.9375rem] md:border-s md:border-line md:ps-6">
              <div>
                <dt className="eyebrow">Picture</dt>
                <dd className="mt-0.5">{scene.visual_cue}</dd>
              </div>
              {scene.on_screen_text && (
                <div>
                  <dt className="eyebrow">On screen</dt>
                  <dd className="mt-1 inline-block rounded-md bg-sunken px-2.5 py-1 font-semibold">
                    {scene.on_screen_text}
                  </dd>
                </div>
              )}
            </dl>
          </li>
        ))}
      </ol>
      <div className="max-w-3xl">
        <Part name="Closing">
          <Markdown text={script.conclusion} level={4} />
        </Part>
      </div>
    </div>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-8 gap-y-1.5 border-t border-line py-5 first:border-t-0 first:pt-0 md:grid-cols-[9rem_1fr]">
      <h3 className="pt-1 text-[0.9375rem] leading-snug font-semibold text-soft">{name}</h3>
      <div className="prose">{children}</div>
    </section>
  );
}
