"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, done } from "@/lib/api/client";
import { useFormErrors } from "@/lib/form-errors";
import { dropSession } from "@/lib/session/session";
import { Button, ButtonLink } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { PASSWORD_RULES, PasswordField } from "@/ui/password";
import { texts } from "../arrive";
import { Frame, Note } from "../frame";
import { useLetterToken } from "../letter-token";

export function ResetPassword() {
  const token = useLetterToken();
  const queries = useQueryClient();
  const reset = useMutation({
    mutationFn: (body: { token: string; new_password: string }) => done(api.POST("/v1/auth/password/reset", { body })),
    onSuccess: () => dropSession(queries), // all sessions have ended, this browser's too
  });
  const { at, other, form } = useFormErrors(reset.error, ["/new_password"]);

  if (reset.isSuccess) {
    return (
      <Frame title="New password" news>
        <div role="status">
          <Note title="Your new password counts.">
            <p>You were signed out everywhere, so that nobody stays in with the old one.</p>
          </Note>
        </div>
        <ButtonLink href="/sign-in" variant="primary" className="self-start">
          Sign in with it
        </ButtonLink>
      </Frame>
    );
  }
  if (token === null || other?.code === "TOKEN_NOT_VALID") {
    return (
      <Frame title="This link does not work" news={reset.isError}>
        <p>It was used already, it is older than 30 minutes, or a part of it was lost on its way.</p>
        <ButtonLink href="/forgot-password" variant="primary" className="self-start">
          Have another letter sent
        </ButtonLink>
      </Frame>
    );
  }
  return (
    <Frame title="New password" lead="All your sessions end when you save it.">
      <form
        ref={form}
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (token && !reset.isPending) {
            reset.mutate({ token, ...texts(event.currentTarget, "new_password") });
          }
        }}
      >
        {other && <ErrorPanel error={other} what="Your password is as it was" />}
        <PasswordField
          label="New password"
          name="new_password"
          autoComplete="new-password"
          hint={PASSWORD_RULES}
          error={at("/new_password")}
        />
        <Button type="submit" variant="primary" busy={reset.isPending || token === undefined}>
          Save the password
        </Button>
      </form>
    </Frame>
  );
}
