"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { api, done } from "@/lib/api/client";
import type { Me } from "@/lib/api/types";
import { focusOnMount } from "@/lib/focus-on-mount";
import { useFormErrors } from "@/lib/form-errors";
import { SESSION_KEY } from "@/lib/session/session";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { PASSWORD_RULES, PasswordField } from "@/ui/password";
import { useToast } from "@/ui/toast";
import { needsFreshSignIn } from "./proof";

/** Changes the password; an account that lives by a provider's sign-in gets its first one here, if that sign-in was a moment ago. */
export function Password({ user }: { user: Me }) {
  const [open, setOpen] = useState<boolean | null>(null); // null: it never was
  const has = user.has_password;
  const queries = useQueryClient();
  const toast = useToast();
  const change = useMutation({
    mutationFn: (body: { current_password?: string; new_password: string }) =>
      done(api.POST("/v1/auth/password/change", { body })),
    // whether there is a password may have changed here, or elsewhere before
    onSettled: () => void queries.invalidateQueries({ queryKey: SESSION_KEY }),
    onSuccess: () => {
      setOpen(false);
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      toast({ text: `Your ${has ? "new " : ""}password counts. All other sessions have ended.` });
    },
  });
  const { at, other, form } = useFormErrors(
    change.error,
    has ? ["/current_password", "/new_password"] : ["/new_password"],
  );
  const wrong = other?.status === 403 && change.variables?.current_password ? other.detail : undefined;
  if (!has && user.email === null) {
    return <p className="text-soft">One signs in by address and password, and your account has no address.</p>;
  }
  if (!open) {
    return (
      <Button ref={open === false ? focusOnMount : undefined} className="self-start" onClick={() => setOpen(true)}>
        {has ? "Change the password" : "Set a password"}
      </Button>
    );
  }
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="flex max-w-md flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const current = String(data.get("current_password") ?? "");
        if (!change.isPending) {
          change.mutate({
            new_password: String(data.get("new_password") ?? ""),
            ...(current ? { current_password: current } : {}),
          });
        }
      }}
    >
      {other && !wrong && (
        <ErrorPanel
          error={other}
          what={has ? "Your password is as it was" : "There is no password yet"}
          action={
            needsFreshSignIn(other, !change.variables?.current_password) && (
              <p className="flex flex-wrap gap-x-4 gap-y-1">
                <Link href="/sign-in?return_to=%2Faccount" className="link font-semibold">
                  Sign in once more
                </Link>
                {!has && (
                  <Link href="/forgot-password" className="link font-semibold">
                    Set it by a letter instead
                  </Link>
                )}
              </p>
            )
          }
        />
      )}
      {user.email && <input type="email" name="email" autoComplete="username" value={user.email} readOnly hidden />}
      {has && (
        <PasswordField
          ref={focusOnMount}
          label="Current password"
          name="current_password"
          autoComplete="current-password"
          error={at("/current_password") ?? wrong}
        />
      )}
      <PasswordField
        ref={has ? undefined : focusOnMount}
        label="New password"
        name="new_password"
        autoComplete="new-password"
        hint={PASSWORD_RULES}
        error={at("/new_password")}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant="primary" busy={change.isPending}>
          Save the password
        </Button>
        <Button
          onClick={() => {
            setOpen(false);
            change.reset();
          }}
        >
          {has ? "Leave it as it is" : "Not now"}
        </Button>
      </div>
    </form>
  );
}
