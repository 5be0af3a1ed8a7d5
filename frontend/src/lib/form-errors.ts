"use client";
import { type RefObject, useEffect, useRef } from "react";
import { type ApiError, asApiError } from "@/lib/api/error";

export type FormErrors = {
  /** What is wrong with the field of that pointer */
  at: (pointer: string) => string | undefined;
  /** What belongs to no field of this form, and so must be shown above or below it */
  other: ApiError | null;
};

/**
 * Sorts a refusal into the form's fields. A pointer to a part of a field (`/scopes/0`) belongs to the field. What points at no field
 * that is on the page must not vanish: then the whole of it is `other`.
 */
export function formErrors(error: unknown, pointers: readonly string[]): FormErrors {
  if (!error) {
    return { at: () => undefined, other: null };
  }
  const problem = asApiError(error);
  const fieldOf = (pointer: string) => pointers.find((each) => pointer === each || pointer.startsWith(`${each}/`));
  const lost = problem.errors.length === 0 || problem.errors.some((each) => fieldOf(each.pointer) === undefined);
  return {
    at: (pointer) =>
      problem.errors
        .filter((each) => fieldOf(each.pointer) === pointer)
        .map((each) => each.message)
        .join(" ") || undefined,
    other: lost ? problem : null,
  };
}

/** The same for a form on the page, whose first wrong field gets the focus. */
export function useFormErrors(
  error: unknown,
  pointers: readonly string[],
): FormErrors & { form: RefObject<HTMLFormElement | null> } {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) {
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [error]);
  return { ...formErrors(error, pointers), form };
}
