/** Gives the focus to what has come in the place of what had it. Whoever has moved on meanwhile is left alone. */
export function takeFocus(element: HTMLElement | null | undefined): void {
  if (document.activeElement === null || document.activeElement === document.body) {
    element?.focus({ preventScroll: true });
  }
}
