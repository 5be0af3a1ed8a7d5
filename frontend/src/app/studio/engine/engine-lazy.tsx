"use client";
import { type ComponentType, lazy, Suspense } from "react";

const Note = lazy(() => orNothing(import("./engine-note")));
const Banner = lazy(() => orNothing(import("./engine-banner")));

/** Files of their own, as the brief does not need them; where they do not come, it does without. */
function orNothing(file: Promise<{ default: ComponentType }>): Promise<{ default: ComponentType }> {
  return file.catch(() => ({ default: () => null }));
}

export function EngineNote() {
  return (
    <Suspense>
      <Note />
    </Suspense>
  );
}

export function EngineBanner() {
  return (
    <Suspense>
      <Banner />
    </Suspense>
  );
}
