/** Unicode code points, as the service counts. A surrogate without its other half counts as one, as it does there. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += width(text, at)) {
    count++;
  }
  return count;
}

/** The text without its first `count` code points. */
export function dropCodePoints(text: string, count: number): string {
  let at = 0;
  for (let left = count; left > 0 && at < text.length; left--) {
    at += width(text, at);
  }
  return text.slice(at);
}

function width(text: string, at: number): 1 | 2 {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
