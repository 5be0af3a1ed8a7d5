// @vitest-environment node
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compress } from "./compress.mjs";
import { checkFirstLoad, firstLoad } from "./first-load.mjs";

let site;

beforeEach(() => {
  site = mkdtempSync(join(tmpdir(), "site-"));
});
afterEach(() => rmSync(site, { recursive: true, force: true }));

function write(name, text) {
  mkdirSync(dirname(join(site, name)), { recursive: true });
  writeFileSync(join(site, name), text);
}

describe("packing", () => {
  it("puts a packed file beside each text of more than a kilobyte", async () => {
    const long = "let words = 1;\n".repeat(200);
    const texts = ["index.html", "_next/static/chunks/a.js", "_next/static/b.css", "icon.svg", "library/index.txt"];
    for (const name of texts) {
      write(name, long);
    }
    expect(await compress(site)).toMatchObject({ files: 5, before: 5 * long.length });
    for (const name of texts) {
      expect(brotliDecompressSync(readFileSync(join(site, `${name}.br`))).toString()).toBe(long);
    }
  });

  it("leaves what is small, packed already, or would not gain by it", async () => {
    write("small.js", "x".repeat(1024));
    write("font.woff2", "x".repeat(5_000));
    write("noise.txt", crypto.getRandomValues(new Uint8Array(2_000)));
    expect(await compress(site)).toEqual({ files: 0, before: 0, after: 0 });
    expect(["small.js.br", "font.woff2.br", "noise.txt.br"].some((name) => existsSync(join(site, name)))).toBe(false);
  });
});

describe("the first load", () => {
  const noise = (bytes) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("base64");

  beforeEach(() => {
    write("a.js", noise(3_000));
    write("b.js", noise(3_000));
    write("old.js", noise(9_000));
    write(
      "index.html",
      '<script src="/a.js" async=""></script><script async src="/b.js?v=1"></script><script>1</script>' +
        '<script src="/old.js" noModule=""></script><script src="/a.js"></script>',
    );
  });

  it("is what the page names for today's browsers, each once", async () => {
    const { scripts, bytes } = await firstLoad(site);
    expect(scripts.map(({ src }) => src)).toEqual(["/a.js", "/b.js"]);
    expect(bytes).toBeGreaterThan(6_000);
    expect(bytes).toBeLessThan(8_000);
  });

  it("fails where it is too much, and says what is largest", async () => {
    await expect(checkFirstLoad(site, 8_000)).resolves.toBeLessThan(8_000);
    await expect(checkFirstLoad(site, 5_000)).rejects.toThrow(/5000 is the most[\s\S]*\/a\.js/);
  });

  it("is not taken for nothing where no scripts are found", async () => {
    write("index.html", "<p>None</p>");
    await expect(checkFirstLoad(site)).rejects.toThrow("names no scripts");
  });
});
