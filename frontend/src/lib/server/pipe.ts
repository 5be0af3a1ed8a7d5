import { endToEnd, serviceUrl } from "./service";

/**
 * Passes a request on to the service and its answer back, piece by piece: events arrive when they are written, and a reader who leaves
 * is seen by the service. No rewrite of next.config does this: their target is fixed when the image is built.
 */
export async function pipe(request: Request): Promise<Response> {
  const asked = new URL(request.url);
  const target = serviceUrl(); // its members are set one by one: as a relative address, //x would name another host
  target.pathname = asked.pathname;
  target.search = asked.search;
  const headers = endToEnd(request.headers);
  headers.delete("host");
  headers.delete("content-length");
  headers.set("accept-encoding", "identity"); // else fetch would unpack the body and its headers would lie

  const hasBody = request.method !== "GET" && request.method !== "HEAD" && request.body !== null;
  const init: RequestInit & { duplex?: "half" } = {
    method: request.method,
    headers,
    redirect: "manual",
    cache: "no-store",
    signal: request.signal,
    ...(hasBody ? { body: request.body, duplex: "half" } : {}),
  };
  try {
    return answer(await fetch(target, init));
  } catch (error) {
    if (request.signal.aborted) {
      return new Response(null, { status: 499 });
    }
    return unreachable(asked.pathname, error);
  }
}

function answer(from: Response): Response {
  const headers = endToEnd(from.headers);
  headers.delete("content-encoding");
  // A compressor in front of us would hold events back until it has a block of them.
  const caching = headers.get("cache-control");
  if (!caching?.includes("no-transform")) {
    headers.set("cache-control", caching ? `${caching}, no-transform` : "no-transform");
  }
  return new Response(from.body, { status: from.status, statusText: from.statusText, headers });
}

function unreachable(instance: string, error: unknown): Response {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  process.stderr.write(`web: the service at ${serviceUrl().origin} does not answer: ${cause}\n`);
  return Response.json(
    {
      type: "about:blank",
      title: "Service Unavailable",
      status: 503,
      detail: "The writing service does not answer. Nothing was lost; try again in a moment.",
      instance,
      code: "SERVICE_UNAVAILABLE",
      request_id: crypto.randomUUID(),
    },
    {
      status: 503,
      headers: { "content-type": "application/problem+json", "cache-control": "no-store", "retry-after": "2" },
    },
  );
}
