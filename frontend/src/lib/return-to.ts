/** Paths of this site as the service takes them, also with a place in the page. Not `//other.site`, nor `/\other.site`. */
const PATH = /^\/(?![/\\])[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]{0,500}$/;
/** From these one would be sent on again, and perhaps round and round. */
const NOT_BACK_TO = /^\/(?:sign-in|sign-up|forgot-password|reset-password|verify-email|auth\/callback)(?:[/?#]|$)/;

/** Where to go after signing in: a path of this site, whatever an address or a link says. */
export function returnPath(wanted: string | null | undefined, otherwise = "/"): string {
  if (!wanted || !PATH.test(wanted)) {
    return otherwise;
  }
  const here = "http://here.invalid";
  const url = URL.canParse(wanted, here) ? new URL(wanted, here) : null;
  // `/.//other.site` is of this site until its dots are taken out, as the browser does
  return url?.origin === here && !url.pathname.startsWith("//") && !NOT_BACK_TO.test(url.pathname) ? wanted : otherwise;
}

/** The way to the sign-in, and back to the page that is open; null on the pages by which one signs in. */
export function signInFrom(path: string): string | null {
  return NOT_BACK_TO.test(path) ? null : withReturn("/sign-in", path.replace(/(.)\/(?=$|[?#])/, "$1"));
}

/** `/sign-in?return_to=...`, short if it would lead to the start page anyway. */
export function withReturn(page: string, returnTo: string): string {
  const path = returnPath(returnTo);
  return path === "/" ? page : `${page}?return_to=${encodeURIComponent(path)}`;
}
