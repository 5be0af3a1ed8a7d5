"use client";
import { type ComponentProps, useState } from "react";
import { cx } from "./cx";
import { Field, Input } from "./field";

type PasswordProps = Omit<ComponentProps<"input">, "type" | "className"> & {
  label: string;
  hint?: string;
  error?: string;
  autoComplete: "current-password" | "new-password";
};

/** What a new password must be, said before it is chosen. How long at least is a setting of the service, which says it when one is too short. */
export const PASSWORD_RULES =
  "Make it long; a few words in a row are good. Not a common password, your name or your address.";

/** It can be looked at, pasted into, and filled in by a password manager. */
export function PasswordField({ label, hint, error, ...rest }: PasswordProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error} required>
      {(wiring) => (
        <div className="relative">
          <Input
            {...wiring}
            type={shown ? "text" : "password"}
            className={cx("pe-20", shown && "font-mono")}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            maxLength={1024}
            {...rest}
          />
          <button
            type="button"
            aria-label={`${shown ? "Hide" : "Show"} ${label.toLowerCase()}`}
            aria-controls={wiring.id}
            className="absolute inset-y-1 end-1 rounded-md px-3 text-sm font-semibold text-accent hover:bg-sunken"
            onClick={() => setShown(!shown)}
          >
            {shown ? "Hide" : "Show"}
          </button>
        </div>
      )}
    </Field>
  );
}
