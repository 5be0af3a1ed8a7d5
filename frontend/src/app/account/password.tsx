"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { api, done } from "@/lib/api/client";
import { focusOnMount } from "@/lib/focus-on-mount";
import { useFormErrors } from "@/lib/form-errors";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { PASSWORD_RULES, PasswordField } from "@/ui/password";
import { useToast } from "@/ui/toast";
import { useIdentities } from "./identities";
import { needsFreshSignIn } from "./proof";

/** Whether there is a password the service does not tell; only who has another way in may be without one. */
export function Password() {
  const [open, setOpen] = useState<boolean | null>(null); // null: it never was
  const { data: identities } = useIdentities();
  const mayHaveNone = Boolean(identities?.data.length);
  const queries = useQueryClient();
  const toast = useToast();
  const change = useMutation({
    mutationFn: (body: { current_password?: string; new_password: string }) =>
      done(api.POST("/v1/auth/password/change", { body })),
    onSuccess: () => {
      setOpen(false);
      void queries.invalidateQueries({ queryKey: ["sessions"] });
      toast({ text: "Your new password counts. All other sessions have ended." });
    },
  });
  const { at, other, form } = useFormErrors(change.error, ["/current_password", "/new_password"]);
  const wrong = other?.status === 403 && change.variables?.current_password ? other.detail : undefined;
  if (!open) {
    return (
      <Button ref={open === false ? focusOnMount : undefined} className="self-start" onClick={() => setOpen(true)}>
        {mayHaveNone ? "Change or set the password" : "Change the password"}
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
          what="Your password is as it was"
          action={
            needsFreshSignIn(other, !change.variables?.current_password) && (
              <Link href="/sign-in?return_to=%2Faccount" className="link font-semibold">
                Sign in once more
              </Link>
            )
          }
        />
      )}
      <PasswordField
        ref={focusOnMount}
        label="Current password"
        name="current_password"
        autoComplete="current-password"
        required={!mayHaveNone}
        hint={mayHaveNone ? "Leave it empty if your account has none yet." : undefined}
        error={at("/current_password") ?? wrong}
      />
      <PasswordField
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
          Leave it as it is
        </Button>
      </div>
    </form>
  );
}
