import { isStatic } from "@/lib/env";
import { Prefetched } from "@/lib/session/prefetch";
import { Studio } from "./studio/studio";

type Props = { searchParams: Promise<{ job?: string | string[] }> };

/** The studio. In the static build nothing is known of the address; there the browser reads the job. */
export default async function StudioPage({ searchParams }: Props) {
  const job = isStatic ? undefined : (await searchParams).job;
  const id = typeof job === "string" && /^[0-9a-f-]{36}$/i.test(job) ? job : null;
  return (
    <Prefetched queries={id ? [{ key: ["job", id], path: `/v1/content/jobs/${id}` }] : []}>
      <Studio />
    </Prefetched>
  );
}
