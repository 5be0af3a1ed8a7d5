/** Whether this is the static build, which has no server of its own: nothing of a request can be known while it is made. */
export const isStatic = process.env.WEB_TARGET === "static";

/** For links around every page: in the static build what they lead to is a file, on the server each would be rendered beforehand. */
export const PREFETCH = isStatic ? null : false;
