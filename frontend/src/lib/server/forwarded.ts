import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * Adds who is really connected to the end of X-Forwarded-For. Next sets that header only where the client sent none, so whoever sent
 * one could call himself what he likes; the service believes the part of the chain that its TRUSTED_PROXIES have written.
 */
export function tellWhoIsConnected(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const peer = request.socket.remoteAddress?.replace(/^::ffff:/, "");
    const told = request.headers["x-forwarded-for"];
    if (peer) {
      request.headers["x-forwarded-for"] = told ? `${told}, ${peer}` : peer;
    }
  });
}
