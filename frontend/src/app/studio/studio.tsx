"use client";
import { useRouter, useSearchParams } from "next/navigation";
import { lazy, Suspense, useEffect } from "react";
import { Compose } from "./brief/compose";
import { EngineBanner } from "./engine/engine-lazy";
import { loadRun } from "./load-run";

const Run = lazy(loadRun);

/** The brief, or the job of `?job=`: the address says which, so that a reload, a second tab and the way back all work. */
export function Studio() {
  return (
    <Suspense fallback={<WithoutAddress />}>
      <ByAddress />
    </Suspense>
  );
}

/** What the static build holds. Where the address names a job it is not seen (globals.css): the job comes in a moment. */
function WithoutAddress() {
  return (
    <div className="without-job">
      <Compose />
    </div>
  );
}

function ByAddress() {
  const params = useSearchParams();
  const router = useRouter();
  const job = params.get("job");
  const back =
    params.has("status") && (params.has("return_to") || params.has("error") || params.get("status") === "signed_in");

  useEffect(() => {
    if (back) {
      router.replace(`/auth/callback?${params}`); // where the service is not told of a page, it sends readers here from a provider
    }
  }, [back, params, router]);

  useEffect(() => {
    document.documentElement.toggleAttribute("data-job", job !== null);
  }, [job]);

  return (
    <>
      <EngineBanner />
      {job ? (
        <Suspense fallback={<h1 className="title text-soft">One moment</h1>}>
          <Run key={job} id={job} />
        </Suspense>
      ) : (
        <Compose />
      )}
    </>
  );
}
