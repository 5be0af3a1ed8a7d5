"use client";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRef } from "react";
import { api, ok } from "@/lib/api/client";
import { useFormErrors } from "@/lib/form-errors";
import { deletes } from "@/lib/held-deletes";
import { withReturn } from "@/lib/return-to";
import { useSession } from "@/lib/session/session";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { Field, Input } from "@/ui/field";
import { PasswordField } from "@/ui/password";
import { texts, useArrive, useReturnTo } from "../arrive";
import { Frame, Note } from "../frame";
import { Providers } from "../providers";
import { SignedInAlready } from "../signed-in-already";

export function SignIn() {
  const { user, guest } = useSession();
  const returnTo = useReturnTo();
  const arrive = useArrive();
  const leaving = useRef(false);
  const login = useMutation({
    mutationFn: async (body: { email: string; password: string }) => {
      await deletes.flushNow(); // by who deleted it
      return ok(api.POST("/v1/auth/login", { body }));
    },
    onSuccess: (signedIn) => {
      leaving.current = true;
      arrive(signedIn, returnTo);
    },
  });
  const { at, other, form } = useFormErrors(login.error, ["/email", "/password"]);

  if (user && !guest && !leaving.current) {
    return <SignedInAlready name={user.name} returnTo={returnTo} />;
  }
  return (
    <Frame title="Sign in">
      {guest && <Note title="Your piece is kept: it goes to the account that you sign in to." />}
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
        {other && (
          <ErrorPanel
            error={other}
            what="You are not signed in"
            next={other.status === 401 ? "Look at both, or choose a new password below." : undefined}
          />
        )}
        <Field label="E-mail address" error={at("/email")} required>
          {(wiring) => <Input {...wiring} name="email" type="email" autoComplete="username" inputMode="email" />}
        </Field>
        <PasswordField label="Password" name="password" autoComplete="current-password" error={at("/password")} />
        <Button type="submit" variant="primary" busy={login.isPending || login.isSuccess}>
          Sign in
        </Button>
        <Link href="/forgot-password" className="link self-start">
          I have forgotten my password
        </Link>
      </form>
      <Providers returnTo={returnTo} />
      <p className="text-soft">
        New here?{" "}
        <Link href={withReturn("/sign-up", returnTo)} className="link">
          Make an account
        </Link>
      </p>
    </Frame>
  );
}
