/** `ref={focusOnMount}`: for the first field, or the heading, of what takes the place of the control that had the focus. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}
