"use client";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { api, done } from "@/lib/api/client";
import { focusOnMount } from "@/lib/focus-on-mount";
import { useFormErrors } from "@/lib/form-errors";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { Field, Input } from "@/ui/field";
import { texts } from "../arrive";
import { Frame, Note } from "../frame";

export function ForgotPassword() {
  const send = useMutation({
    mutationFn: (body: { email: string }) => done(api.POST("/v1/auth/password/forgot", { body })),
  });
  const [again, setAgain] = useState(false);
  const { at, other, form } = useFormErrors(send.error, ["/email"]);
  if (send.isSuccess) {
    return (
      <Frame title="Look at your mail" news>
        <div role="status">
          <Note title="If there is an account with that address, a letter is on its way.">
            <p>
              Its link lets you choose a new password. It is good once, for 30 minutes. Was it for{" "}
              <strong className="break-all">{send.variables.email}</strong>?
            </p>
          </Note>
        </div>
        <div className="flex flex-wrap items-center gap-4">
          <Button
            onClick={() => {
              setAgain(true);
              send.reset();
            }}
          >
            Try another address
          </Button>
          <Link href="/sign-in" className="link">
            Back to signing in
          </Link>
        </div>
      </Frame>
    );
  }
  return (
    <Frame title="Forgotten password" lead="Tell us your address. We send a letter by which you choose a new one.">
      <form
        ref={form}
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!send.isPending) {
            send.mutate(texts(event.currentTarget, "email"));
          }
        }}
      >
        {other && <ErrorPanel error={other} what="No letter was sent" />}
        <Field label="E-mail address" error={at("/email")} required>
          {(wiring) => (
            <Input
              {...wiring}
              ref={again ? focusOnMount : undefined}
              name="email"
              type="email"
              autoComplete="username"
              inputMode="email"
            />
          )}
        </Field>
        <Button type="submit" variant="primary" busy={send.isPending}>
          Send the letter
        </Button>
      </form>
      <Link href="/sign-in" className="link self-start">
        Back to signing in
      </Link>
    </Frame>
  );
}
