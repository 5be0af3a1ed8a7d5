/** Puts a text on the clipboard. Fails if the browser does not let us. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const holder = document.createElement("pre");
  holder.textContent = text;
  (document.querySelector("dialog[open]") ?? document.body).append(holder); // what is behind a dialog cannot be selected
  try {
    copySelection(holder);
  } finally {
    holder.remove();
  }
}

/** Where pages without HTTPS have no clipboard of their own. */
export function copySelection(element: HTMLElement): void {
  const selection = getSelection();
  const range = document.createRange();
  range.selectNodeContents(element);
  selection?.removeAllRanges();
  selection?.addRange(range);
  const copied = document.execCommand("copy");
  selection?.removeAllRanges();
  if (!copied) {
    throw new Error("the browser did not copy");
  }
}
