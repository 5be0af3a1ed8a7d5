"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { api, ok } from "@/lib/api/client";
import { useFormErrors } from "@/lib/form-errors";
import { deletes } from "@/lib/held-deletes";
import { forgetPages } from "@/lib/session/forget-pages";
import { adoptSession } from "@/lib/session/session";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { Field, Input } from "@/ui/field";
import { PasswordField } from "@/ui/password";
import { texts } from "../arrive";

/** Signing in without leaving the page, which alone knows the letter's token. */
export function SignInHere({ onSignedIn }: { onSignedIn: () => void }) {
  const queries = useQueryClient();
  const router = useRouter();
  const login = useMutation({
    mutationFn: async (body: { email: string; password: string }) => {
      await deletes.flushNow(); // by who deleted it
      return ok(api.POST("/v1/auth/login", { body }));
    },
    onSuccess: (signedIn) => {
      adoptSession(queries, signedIn);
      forgetPages(router);
      onSignedIn();
    },
  });
  const { at, other, form } = useFormErrors(login.error, ["/email", "/password"]);
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!login.isPending) {
          login.mutate(texts(event.currentTarget, "email", "password"));
        }
      }}
    >
      {other && <ErrorPanel error={other} what="You are not signed in" next="Look at both, then try again." />}
      <Field label="E-mail address" error={at("/email")} required>
        {(wiring) => <Input {...wiring} name="email" type="email" autoComplete="username" inputMode="email" />}
      </Field>
      <PasswordField label="Password" name="password" autoComplete="current-password" error={at("/password")} />
      <Button type="submit" variant="primary" busy={login.isPending}>
        Sign in and verify
      </Button>
    </form>
  );
}
