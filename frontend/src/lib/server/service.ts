/** Where the service is, read when a request comes, so that one image serves all environments. */
export function serviceUrl(): URL {
  return new URL(process.env.API_INTERNAL_URL || process.env.NEXT_PUBLIC_API_URL || "http://localhost:8000");
}

/** Headers that speak of one connection only (RFC 9110, 7.6.1), and those that fetch sets by itself. */
const HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
];

/** What no client may have left out by naming it in `Connection`: who is connected (forwarded.ts), who is signed in, and where to. */
const ALWAYS_ON = new Set(["x-forwarded-for", "cookie", "host"]);

/** A copy of the headers without those that end here, also those that `Connection` names. */
export function endToEnd(headers: Headers): Headers {
  const copy = new Headers(headers);
  const named = (headers.get("connection") ?? "").split(",").map((name) => name.trim().toLowerCase());
  const dropped = named.filter((each) => /^[\w!#$%&'*+.^`|~-]+$/.test(each) && !ALWAYS_ON.has(each));
  for (const name of [...HOP_BY_HOP, ...dropped]) {
    copy.delete(name);
  }
  return copy;
}
