// Model text cannot become anything but text, whatever it says.
import assert from "node:assert/strict";
import { ready, tab } from "../lib/steps.mjs";

export const hostile = [{ name: "hostile-text", builds: ["static", "server"], run }];

const EVIL = `
<script>window.__ran = true</script>
<img src="https://evil.example/a.png" onerror="window.__ran = true">
<svg onload="window.__ran = true"><a href="javascript:window.__ran=true">x</a></svg>
<iframe srcdoc="<script>parent.__ran = true</script>"></iframe>
<style>body { display: none }</style>
<form action="https://evil.example/"><input name="password"><button>Sign in</button></form>

[a link](javascript:window.__ran=true) and [another](data:text/html,<script>window.__ran=true</script>)
[a third](vbscript:x) and <https://example.com/plain>

![a picture](https://evil.example/b.png "title")
![inline](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+)

<a id="main" name="cookie" href="//evil.example">clobber</a> <div id="piece-blog">twice</div>

{{constructor.constructor('window.__ran=true')()}} \${window.__ran=true}
`;

async function run(t) {
  const { account, page } = await t.reader();
  const outside = [];
  page.on("request", (request) => {
    if (
      !request.url().startsWith(t.origin) &&
      !request.url().startsWith("data:") &&
      !request.url().startsWith("blob:")
    ) {
      outside.push(request.url());
    }
  });
  const { id } = await t.api.generate(account, {
    topic: `<img src=x onerror="window.__ran=true"> ${EVIL.slice(0, 60)}`,
    formats: ["blog", "social"],
    length: "short",
  });
  await t.api.written(account, id);
  await put(t, account, id, "blog", (artifact) => ({
    title: `<b onclick="window.__ran=true">A title</b>`,
    introduction: EVIL,
    sections: [{ heading: `<img src=x onerror="window.__ran=true">`, body: EVIL }, ...artifact.sections],
    conclusion: EVIL,
  }));
  await put(t, account, id, "social", (artifact) => ({
    ...artifact,
    linkedin: EVIL,
    x: "<script>window.__ran=true</script>",
  }));

  await page.goto(`/studio?job=${id}`);
  await ready(page, "blog");
  await page.locator("#piece-blog").getByText("A title").waitFor();
  await harmless(page);
  await tab(page, "social").click();
  await page.getByRole("region", { name: "X", exact: true }).getByText("<script>window.__ran=true</script>").waitFor();
  await harmless(page);
  await page.getByRole("button", { name: /^Version/ }).click();
  await page.getByRole("dialog", { name: "Versions" }).getByRole("insertion").first().waitFor();
  await harmless(page);
  await page.goto("/library");
  await page.getByRole("list", { name: "Pieces" }).getByRole("heading", { level: 2 }).first().waitFor();
  await harmless(page);
  assert.deepEqual(outside, [], "nothing was asked of another house");
}

async function put(t, account, id, format, change) {
  const { artifact, version } = await t.api.artifact(account, id, format);
  await t.api.json("PUT", `/v1/content/jobs/${id}/artifacts/${format}`, {
    token: account.token,
    body: { base_version: version, artifact: change(artifact) },
  });
}

async function harmless(page) {
  const found = await page.evaluate(() => {
    const main = document.querySelector("main");
    const bad = [...main.querySelectorAll("script, iframe, img, style, object, embed, form[action], [srcdoc]")];
    const handlers = [...main.querySelectorAll("*")].filter((each) =>
      [...each.attributes].some((attribute) => /^on/i.test(attribute.name)),
    );
    const links = [...main.querySelectorAll("a[href]")].filter(
      (each) => !/^(https?|mailto):|^[/#?]/.test(each.getAttribute("href")),
    );
    const away = [...main.querySelectorAll("a[href]")].filter(
      (each) => each.host !== location.host && !/noopener|noreferrer/.test(each.rel) && each.target === "_blank",
    );
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    return {
      ran: window.__ran === true,
      elements: [...bad, ...handlers, ...links, ...away].map((each) => each.outerHTML.slice(0, 120)),
      twice: ids.filter((each, index) => each && ids.indexOf(each) !== index),
      seen: document.body.checkVisibility(),
    };
  });
  assert.deepEqual(found, { ran: false, elements: [], twice: [], seen: true });
}
