import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const files = ["src/app/(auth)", "src/app/account", "src/app/library", "src/app/studio/brief"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tsx") && !name.endsWith(".test.tsx"))
    .map((name) => join(folder, name)),
);
const forms = files.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/<form\b/g)].map(({ index }) => ({ file, index })),
);

it("finds the forms", () => {
  expect(forms.length).toBeGreaterThan(10);
});

it.each(forms)("what is typed into $file never gets into the address, even before the page is alive", (form) => {
  const begin = readFileSync(form.file, "utf8").slice(form.index, form.index + 120);
  expect(begin).toContain('method="post"');
});
