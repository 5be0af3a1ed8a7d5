"use client";
import { ArrowRight } from "lucide-react";
import { type FormEvent, type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from "react";
import { asApiError } from "@/lib/api/error";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { Field, Textarea } from "@/ui/field";
import { EngineNote } from "../engine/engine-lazy";
import { preloadRun } from "../load-run";
import { type Brief, problems, SAMPLES, sample, TOPIC_LIMIT, withTopic } from "./brief";
import { useDraft } from "./draft";
import { FormatChoice } from "./format-choice";
import { Manner } from "./manner";
import { useSubmit } from "./submit";
import { UsageHint } from "./usage-hint";

const LimitPrompt = lazy(async () => ({ default: (await import("../limit-prompt")).LimitPrompt }));

/** Where a brief is written and sent. */
export function Compose() {
  const [brief, change] = useDraft();
  const { busy, error, submit, forget } = useSubmit();
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const picked = useRef(false); // an audience that was picked on purpose is meant, even if a sample has the same
  const wrong = problems(brief);
  const told = asked ? wrong : {};
  const refusal = error ? asApiError(error) : null;
  const length = Array.from(brief.topic).length;

  useEffect(preloadRun, []);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    setAsked(true);
    if (wrong.topic || wrong.formats) {
      form.current?.querySelector<HTMLElement>(wrong.topic ? "textarea" : "input[type=checkbox]")?.focus();
      return;
    }
    void submit(brief);
  };
  const pick = (settings: Partial<Brief>) => {
    picked.current = true;
    change(settings);
    forget();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };

  return (
    <div className="mx-auto max-w-3xl">
      <h1 className="title">What shall the crew write?</h1>
      <p className="mt-3 max-w-prose text-lg text-soft">
        One brief, up to four formats. A researcher, a writer, an editor and specialists work on it while you watch.
      </p>
      <form
        ref={form}
        method="post"
        noValidate
        onSubmit={send}
        className="card mt-7 flex flex-col gap-6 p-4 shadow-card sm:p-7"
      >
        <Field
          label="Your brief"
          error={told.topic ?? refusal?.fieldError("/topic")}
          hint="Enter starts the crew, Shift and Enter begin a new line."
          aside={length > TOPIC_LIMIT * 0.8 ? `${length.toLocaleString("en")} of 5,000` : undefined}
          required
        >
          {(wiring) => (
            <Textarea
              {...wiring}
              name="topic"
              rows={3}
              className="field-sizing-content min-h-26 resize-y font-serif text-xl leading-snug sm:text-2xl"
              value={brief.topic}
              onChange={(event) => {
                const topic = event.target.value;
                change(picked.current ? { topic } : withTopic(brief, topic));
                forget();
              }}
              onKeyDown={onKeyDown}
              placeholder="What is it about, and what should readers take away?"
            />
          )}
        </Field>
        <FormatChoice chosen={brief.formats} error={told.formats} onChange={(formats) => change({ formats })} />
        <Manner brief={brief} change={change} onPick={pick} refusal={refusal} />
        {error !== null &&
          (refusal?.planLimit ? (
            <Suspense>
              <LimitPrompt limit={refusal.planLimit} detail={refusal.detail} />
            </Suspense>
          ) : (
            <ErrorPanel error={error} what="The crew could not start" onRetry={() => send()} />
          ))}
        <div className="flex flex-wrap items-center justify-between gap-4">
          <UsageHint formats={brief.formats} />
          <Button type="submit" variant="primary" busy={busy} className="ms-auto min-h-12 px-6 max-sm:w-full">
            {busy ? "Starting" : "Start the crew"} {!busy && <ArrowRight size={18} aria-hidden="true" />}
          </Button>
        </div>
      </form>
      <EngineNote />
      <section aria-labelledby="samples" className="mt-9">
        <h2 id="samples" className="eyebrow">
          Or begin with one of these
        </h2>
        <ul className="mt-3 flex flex-wrap gap-2">
          {SAMPLES.map((each, index) => (
            <li key={each.name}>
              <Button
                size="sm"
                className="rounded-full!"
                aria-pressed={each.topic === brief.topic}
                onClick={() => {
                  picked.current = false;
                  change(sample(index));
                  forget();
                }}
              >
                {each.name}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
