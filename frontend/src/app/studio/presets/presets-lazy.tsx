"use client";
import { type ComponentType, lazy, Suspense } from "react";
import { useSession } from "@/lib/session/session";
import type { PresetsProps } from "./presets-menu";

const Loaded = lazy<ComponentType<PresetsProps>>(() => import("./presets-menu").catch(() => ({ default: () => null })));

/** For accounts: a guest writes one piece of each format, and has nothing to save settings for. A file of its own, as the brief can do without. */
export function Presets(props: Omit<PresetsProps, "userId">) {
  const { user, guest } = useSession();
  return user && !guest ? (
    <Suspense>
      <Loaded key={user.id} userId={user.id} {...props} />
    </Suspense>
  ) : null;
}
