// @vitest-environment node
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pipe } from "./pipe";

let server: Server;
let handle: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((request, response) => handle(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  vi.stubEnv("API_INTERNAL_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const ask = (path: string, init: RequestInit = {}) => pipe(new Request(`http://web.example${path}`, init));

describe("the pipe to the service", () => {
  it("gives each event on when it comes", async () => {
    let say: (text: string) => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      handle = (_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store, no-transform" });
        say = (text) => response.write(text);
        say("id: 1\n\n");
        resolve();
      };
    });
    const answer = await ask("/v1/content/jobs/j/stream");
    await begun;
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toBe("id: 1\n\n");
    say("id: 2\n\n"); // only after the first one was read
    expect(await read()).toBe("id: 2\n\n");
    await reader.cancel();
  });

  it("lets the service see that the reader has left", async () => {
    const left = new Promise<void>((resolve) => {
      handle = (_, response) => {
        response.on("close", () => resolve());
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(":\n\n");
      };
    });
    const abort = new AbortController();
    const answer = await ask("/v1/content/jobs/j/stream", { signal: abort.signal });
    expect(answer.status).toBe(200);
    abort.abort();
    await left;
  });

  it("passes on what matters, and not what speaks of one connection", async () => {
    let seen: IncomingMessage["headers"] = {};
    handle = (request, response) => {
      seen = request.headers;
      response.writeHead(200, {
        "set-cookie": ["a=1; Path=/", "b=2; Path=/"],
        "keep-alive": "timeout=5",
        "x-request-id": "r",
      });
      response.end("ok");
    };
    const answer = await ask("/v1/x", {
      headers: {
        "last-event-id": "41",
        cookie: "ccrew_session=s",
        origin: "http://web.example",
        "x-forwarded-for": "9.9.9.9, 10.0.0.1",
        te: "trailers",
        connection: "x-private",
        "x-private": "1",
      },
    });
    expect(seen).toMatchObject({
      "last-event-id": "41",
      cookie: "ccrew_session=s",
      origin: "http://web.example",
      "x-forwarded-for": "9.9.9.9, 10.0.0.1",
      "accept-encoding": "identity",
    });
    expect(seen["x-private"]).toBeUndefined();
    expect(seen.te).toBeUndefined();
    expect(seen.host).toMatch(/^127\.0\.0\.1:/);
    expect(answer.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2; Path=/"]);
    expect(answer.headers.get("keep-alive")).toBeNull();
    expect(answer.headers.get("x-request-id")).toBe("r");
  });

  it("lets no client take out who is connected", async () => {
    let seen: IncomingMessage["headers"] = {};
    handle = (request, response) => {
      seen = request.headers;
      response.end("ok");
    };
    await ask("/v1/x", {
      headers: {
        cookie: "ccrew_session=s",
        "x-forwarded-for": "9.9.9.9, 10.0.0.1",
        connection: "X-Forwarded-For, cookie, HOST, x-private",
        "x-private": "1",
      },
    });
    expect(seen).toMatchObject({ cookie: "ccrew_session=s", "x-forwarded-for": "9.9.9.9, 10.0.0.1" });
    expect(seen["x-private"]).toBeUndefined();
  });

  it("passes a body on byte by byte, as signatures need it", async () => {
    const body = new Uint8Array([0, 255, 13, 10, 195, 40]);
    handle = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      response.end(Buffer.concat(chunks));
    };
    const answer = await ask("/api/webhooks/stripe", { method: "POST", body });
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(body);
  });

  it("keeps compressors off, whatever the service says of caching", async () => {
    handle = (_, response) => response.writeHead(200, { "cache-control": "private" }).end("x");
    expect((await ask("/v1/x")).headers.get("cache-control")).toBe("private, no-transform");
  });

  it("leaves redirects to the browser", async () => {
    handle = (_, response) => response.writeHead(302, { location: "https://provider.example/" }).end();
    const answer = await ask("/v1/auth/oauth/google/start");
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "https://provider.example/"]);
  });

  it("reaches nothing but the service's own paths", async () => {
    let path: string | undefined;
    handle = (request, response) => {
      path = request.url;
      response.end();
    };
    await ask("//evil.example/v1/x?y=1");
    expect(path).toBe("//evil.example/v1/x?y=1");
  });

  it("says so when the service does not answer", async () => {
    vi.stubEnv("API_INTERNAL_URL", "http://127.0.0.1:1");
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const answer = await ask("/v1/usage");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: "SERVICE_UNAVAILABLE", instance: "/v1/usage" });
  });
});
