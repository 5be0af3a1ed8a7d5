"use client";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRef, useState } from "react";
import { api, ok } from "@/lib/api/client";
import { focusOnMount } from "@/lib/focus-on-mount";
import { useFormErrors } from "@/lib/form-errors";
import { deletes } from "@/lib/held-deletes";
import { withReturn } from "@/lib/return-to";
import { useSession } from "@/lib/session/session";
import { Button } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { Field, Input } from "@/ui/field";
import { PASSWORD_RULES, PasswordField } from "@/ui/password";
import { texts, useArrive, useReturnTo } from "../arrive";
import { Frame, Note } from "../frame";
import { Providers } from "../providers";
import { SignedInAlready } from "../signed-in-already";

type Form = { name: string; email: string; password: string };

export function SignUp() {
  const { user, guest } = useSession();
  const returnTo = useReturnTo();
  const arrive = useArrive();
  const leaving = useRef(false);
  const signup = useMutation({
    mutationFn: async (body: Form) => {
      await deletes.flushNow(); // by who deleted it
      return ok(api.POST("/v1/auth/signup", { body }));
    },
    onSuccess: (answer) => {
      if ("access_token" in answer) {
        leaving.current = true;
        arrive(answer, returnTo);
      }
    },
  });
  const [again, setAgain] = useState(false);
  const { at, other, form } = useFormErrors(signup.error, ["/name", "/email", "/password"]);

  if (signup.data && !("access_token" in signup.data)) {
    return (
      <LookAtYourMail
        email={signup.variables.email}
        guest={guest}
        onAgain={() => {
          setAgain(true);
          signup.reset();
        }}
      />
    );
  }
  if (user && !guest && !leaving.current) {
    return <SignedInAlready name={user.name} returnTo={returnTo} />;
  }
  return (
    <Frame
      title="Sign up"
      lead={guest ? undefined : "Free, without a card. Your pieces are kept, and you can write more."}
    >
      {guest && (
        <Note title="Your piece will be kept.">
          <p>
            What you have written as a guest moves into the account that you make here, also what is still being
            written.
          </p>
        </Note>
      )}
      <form
        ref={form}
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!signup.isPending) {
            signup.mutate(texts(event.currentTarget, "name", "email", "password"));
          }
        }}
      >
        {other && (
          <ErrorPanel
            error={other}
            what="No account was made"
            next={other.code === "CONFLICT" ? "What you have typed is still here." : undefined}
            action={
              other.code === "CONFLICT" && (
                <Link href={withReturn("/sign-in", returnTo)} className="link font-semibold">
                  Sign in instead
                </Link>
              )
            }
          />
        )}
        <Field label="Name" hint="What you want to be called" error={at("/name")} required>
          {(wiring) => (
            <Input {...wiring} ref={again ? focusOnMount : undefined} name="name" autoComplete="name" maxLength={100} />
          )}
        </Field>
        <Field label="E-mail address" error={at("/email")} required>
          {(wiring) => (
            <Input {...wiring} name="email" type="email" autoComplete="username" inputMode="email" maxLength={254} />
          )}
        </Field>
        <PasswordField
          label="Password"
          name="password"
          autoComplete="new-password"
          hint={PASSWORD_RULES}
          error={at("/password")}
        />
        <Button type="submit" variant="primary" busy={signup.isPending || signup.isSuccess}>
          Make my account
        </Button>
      </form>
      <Providers returnTo={returnTo} />
      <p className="text-soft">
        You have an account?{" "}
        <Link href={withReturn("/sign-in", returnTo)} className="link">
          Sign in
        </Link>
      </p>
    </Frame>
  );
}

/** Says the same whether there is an account or not, as the service does: nobody learns here who has one. */
function LookAtYourMail({ email, guest, onAgain }: { email: string; guest: boolean; onAgain: () => void }) {
  return (
    <Frame title="Look at your mail" news>
      <div role="status">
        <Note title="A letter is on its way.">
          <p>
            It goes to <strong className="break-all">{email}</strong> and tells how to go on. Open its link in this
            browser{guest ? ", so that the piece you have written comes with you" : ""}.
          </p>
        </Note>
      </div>
      <p className="text-soft">
        None after some minutes? Look into the folder for unwanted mail, and whether the address is right.
      </p>
      <Button onClick={onAgain} className="self-start">
        Try another address
      </Button>
    </Frame>
  );
}
