import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setCsrfToken } from "./api/csrf";
import { deleteAtTheEnd, HeldDeletes, HOLD_MS } from "./held-deletes";

const send = vi.fn<(path: string) => Promise<unknown>>();
const atTheEnd = vi.fn<(path: string) => void>();
let deletes: HeldDeletes;

beforeEach(() => {
  vi.useFakeTimers();
  send.mockReset().mockResolvedValue(undefined);
  atTheEnd.mockReset();
  deletes = new HeldDeletes(send, atTheEnd);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  setCsrfToken(undefined);
});

describe("a delete that is held back", () => {
  it("hides at once, and happens after a while, once", () => {
    deletes.hold("/a", vi.fn());
    expect(deletes.hiddenNow().has("/a")).toBe(true);
    vi.advanceTimersByTime(HOLD_MS - 1);
    expect(send).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1 + HOLD_MS * 3);
    expect(send.mock.calls).toEqual([["/a"]]);
    expect(deletes.hiddenNow().has("/a")).toBe(true);
  });
  it("never happens if it is taken back", () => {
    deletes.hold("/a", vi.fn());
    expect(deletes.undo("/a")).toBe(true);
    expect(deletes.hiddenNow().has("/a")).toBe(false);
    vi.advanceTimersByTime(HOLD_MS * 2);
    deletes.flush();
    expect(send).not.toHaveBeenCalled();
    expect(atTheEnd).not.toHaveBeenCalled();
  });
  it("cannot be taken back any more once it was sent", () => {
    deletes.hold("/a", vi.fn());
    vi.advanceTimersByTime(HOLD_MS);
    expect(deletes.undo("/a")).toBe(false);
    expect(deletes.hiddenNow().has("/a")).toBe(true);
  });
  it("waits as long as its notice is looked at", () => {
    deletes.hold("/a", vi.fn());
    vi.advanceTimersByTime(HOLD_MS - 1);
    deletes.pause("/a");
    vi.advanceTimersByTime(HOLD_MS * 5);
    expect(send).not.toHaveBeenCalled();
    deletes.resume("/a");
    deletes.resume("/a");
    vi.advanceTimersByTime(HOLD_MS);
    expect(send).toHaveBeenCalledTimes(1);
  });
  it("shows the thing again if it fails, and says why", async () => {
    const failure = new Error("409");
    send.mockRejectedValue(failure);
    const onFailure = vi.fn();
    deletes.hold("/a", onFailure);
    await vi.advanceTimersByTimeAsync(HOLD_MS);
    expect(onFailure).toHaveBeenCalledWith(failure);
    expect(deletes.hiddenNow().has("/a")).toBe(false);
  });
  it("is done when the page goes, also one whose notice is looked at, and not once more later", () => {
    deletes.hold("/a", vi.fn());
    deletes.hold("/b", vi.fn());
    deletes.pause("/b");
    deletes.flush();
    deletes.flush();
    vi.advanceTimersByTime(HOLD_MS * 2);
    expect(atTheEnd.mock.calls).toEqual([["/a"], ["/b"]]);
    expect(send).not.toHaveBeenCalled();
  });
  it("is done, and answered, before the user changes, also one whose notice is looked at", async () => {
    let answer: () => void = () => undefined;
    send.mockReturnValueOnce(new Promise<void>((resolve) => (answer = resolve)));
    const failed = vi.fn();
    const after = vi.fn();
    send.mockRejectedValueOnce(new Error("409"));
    deletes.hold("/a", vi.fn());
    deletes.hold("/b", failed);
    deletes.pause("/b");
    const flushed = deletes.flushNow().then(after);
    expect(send.mock.calls).toEqual([["/a"], ["/b"]]);
    await vi.advanceTimersByTimeAsync(HOLD_MS * 2);
    expect(after).not.toHaveBeenCalled();
    answer();
    await flushed;
    expect(failed).toHaveBeenCalledTimes(1); // told, but who leaves is not kept by it
    deletes.flush();
    expect(send).toHaveBeenCalledTimes(2);
    expect(atTheEnd).not.toHaveBeenCalled();
  });
  it("is taken back last first", () => {
    deletes.hold("/a", vi.fn());
    deletes.hold("/b", vi.fn());
    expect(deletes.undoLast()).toBe("/b");
    expect(deletes.undoLast()).toBe("/a");
    expect(deletes.undoLast()).toBeNull();
  });
  it("tells who listens, each time with another set", () => {
    const before = deletes.hiddenNow();
    const listener = vi.fn();
    const stop = deletes.subscribe(listener);
    deletes.hold("/a", vi.fn());
    expect(listener).toHaveBeenCalledTimes(1);
    expect(deletes.hiddenNow()).not.toBe(before);
    stop();
    deletes.undo("/a");
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

it("outlives the page, with the session's token", () => {
  const fetch = vi.fn().mockResolvedValue(new Response(null, { status: 204 }));
  vi.stubGlobal("fetch", fetch);
  setCsrfToken("t1");
  deleteAtTheEnd("/v1/content/jobs/1");
  expect(fetch).toHaveBeenCalledWith(
    "/v1/content/jobs/1",
    expect.objectContaining({ method: "DELETE", keepalive: true, headers: { "X-CSRF-Token": "t1" } }),
  );
});
