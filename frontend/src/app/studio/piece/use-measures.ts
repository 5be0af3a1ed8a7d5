"use client";
import { useEffect, useState } from "react";
import type { Artifact, Format, Measures } from "@/lib/api/types";
import { measure } from "./calls";

const PAUSE_MS = 400;

type First = { of: Artifact; measures: Measures | undefined };

/** The service's counts of a text that is being changed, a moment after the last key. Until they come, those before stand. */
export function useMeasures(format: Format, draft: Artifact, first: First): Measures | undefined {
  const [measures, setMeasures] = useState(first.measures);
  const [measured, setMeasured] = useState(first.of);
  useEffect(() => {
    if (draft === measured) {
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      measure(format, draft, abort.signal).then(
        (next) => {
          setMeasures(next);
          setMeasured(draft);
        },
        () => undefined, // the counts are a help: writing and saving go on without them
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [draft, format, measured]);
  return measures;
}
