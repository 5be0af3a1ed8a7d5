"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { api, ok } from "@/lib/api/client";
import { ApiError } from "@/lib/api/error";
import type { Job } from "@/lib/api/types";
import { randomKey } from "@/lib/random-key";
import { enterAsGuest } from "@/lib/session/guest";
import { openJob } from "../open-job";
import { type Brief, toRequest } from "./brief";

type Submit = { busy: boolean; error: unknown; submit: (brief: Brief) => Promise<void>; forget: () => void };

/** Sends a brief. However often it is sent, a brief makes one job: its key stays the same until the service has taken it. */
export function useSubmit(): Submit {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const under = useRef(false);
  const key = useRef({ of: "", key: "" });

  const submit = useCallback(
    async (brief: Brief) => {
      if (under.current) {
        return;
      }
      under.current = true;
      setBusy(true);
      setError(null);
      try {
        const body = toRequest(brief);
        const of = JSON.stringify(body);
        if (key.current.of !== of) {
          key.current = { of, key: randomKey() };
        }
        await enterAsGuest(queries);
        const call = api.POST("/v1/content/generate", {
          params: { header: { "Idempotency-Key": key.current.key } },
          body,
        });
        const job: Job = await ok(call);
        key.current = { of: "", key: "" };
        queries.setQueryData(["job", job.id], job);
        void queries.invalidateQueries({ queryKey: ["usage"] });
        void queries.invalidateQueries({ queryKey: ["jobs"] });
        openJob(job.id);
      } catch (thrown) {
        if (thrown instanceof ApiError && thrown.code === "IDEMPOTENCY_CONFLICT") {
          key.current = { of: "", key: "" };
        }
        setError(thrown);
      } finally {
        under.current = false;
        setBusy(false);
      }
    },
    [queries],
  );
  return { busy, error, submit, forget: useCallback(() => setError(null), []) };
}
