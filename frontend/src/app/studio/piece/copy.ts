import { copySelection, copyText } from "@/lib/copy";

/** Puts the piece that is shown on the clipboard: formatted for where that can be pasted, and as plain text for elsewhere. */
export async function copyRich(elementId: string): Promise<void> {
  const element = document.getElementById(elementId);
  if (!element) {
    throw new Error("there is nothing to copy");
  }
  const html = cleanHtml(element);
  if (navigator.clipboard && "ClipboardItem" in window) {
    // biome-ignore lint/performance/useDomNodeTextContent: only innerText knows where lines end
    const plain = element.innerText;
    const item = new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }),
      "text/plain": new Blob([plain], { type: "text/plain" }),
    });
    await navigator.clipboard.write([item]);
  } else {
    copySelection(element);
  }
}

/** Copies what the service gives as Markdown. Safari asks for the promise, not for what comes of it. */
export async function copyMarkdown(url: string): Promise<void> {
  const text = fetch(url, { headers: { accept: "text/markdown" } }).then((answer) => {
    if (!answer.ok) {
      throw new Error(`answered ${answer.status}`);
    }
    return answer.text();
  });
  if (navigator.clipboard && "ClipboardItem" in window) {
    const blob = text.then((each) => new Blob([each], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } else {
    await copyText(await text);
  }
}

/** The markup without our classes and controls: what an editor or a mail program understands. */
export function cleanHtml(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const gone of copy.querySelectorAll("button, svg, .no-copy")) {
    gone.remove();
  }
  for (const each of copy.querySelectorAll("*")) {
    for (const attribute of [...each.attributes]) {
      if (!["href", "lang", "dir", "start", "colspan", "rowspan"].includes(attribute.name)) {
        each.removeAttribute(attribute.name);
      }
    }
  }
  return copy.innerHTML;
}
