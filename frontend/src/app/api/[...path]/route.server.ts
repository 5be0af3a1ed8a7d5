import { pipe } from "@/lib/server/pipe";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

export { pipe as DELETE, pipe as GET, pipe as HEAD, pipe as OPTIONS, pipe as PATCH, pipe as POST, pipe as PUT };
