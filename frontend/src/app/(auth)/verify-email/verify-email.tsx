"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/lib/api/client";
import { asApiError } from "@/lib/api/error";
import type { SignedIn } from "@/lib/api/types";
import { useFormErrors } from "@/lib/form-errors";
import { SESSION_KEY, useSession } from "@/lib/session/session";
import { Button, ButtonLink } from "@/ui/button";
import { ErrorPanel } from "@/ui/error-panel";
import { PASSWORD_RULES, PasswordField } from "@/ui/password";
import { Spinner } from "@/ui/spinner";
import { texts, useArrive } from "../arrive";
import { Frame, Note } from "../frame";
import { useLetterToken } from "../letter-token";
import { SignInHere } from "./sign-in-here";

/**
 * A letter's link is either of a sign-up, which becomes an account by a password, or of an account's address, whose owner must be
 * signed in. The service alone knows which, so it is asked with the token only; that does not use the token up.
 */
export function VerifyEmail() {
  const token = useLetterToken();
  const { user } = useSession();
  const queries = useQueryClient();
  const arrive = useArrive();
  const [needsPassword, setNeedsPassword] = useState(false);
  const verify = useMutation({
    mutationFn: async (body: { token: string; password?: string }): Promise<SignedIn | null> =>
      (await api.POST("/v1/auth/email/verify", { body })).data ?? null,
    onSuccess: (signedIn) => {
      if (signedIn) {
        arrive(signedIn, "/");
      } else {
        void queries.invalidateQueries({ queryKey: SESSION_KEY });
      }
    },
    onError: (error) => {
      if (asApiError(error).fieldError("/password")) {
        setNeedsPassword(true);
      }
    },
  });
  const { mutate } = verify;
  useEffect(() => {
    if (token) {
      setNeedsPassword(false);
      mutate({ token });
    }
  }, [token, mutate]);
  const asked = verify.variables?.password !== undefined;
  const { at, other, form } = useFormErrors(asked ? verify.error : null, ["/password"]);
  const error = verify.error ? asApiError(verify.error) : null;

  if (token === null || error?.code === "TOKEN_NOT_VALID") {
    return (
      <Frame title="This link does not work">
        <p>It was used already, it is too old, or a part of it was lost on its way.</p>
        <div className="flex flex-wrap gap-3">
          <ButtonLink href="/sign-up" variant="primary">
            Sign up again
          </ButtonLink>
          <ButtonLink href="/account">Have another letter sent</ButtonLink>
        </div>
      </Frame>
    );
  }
  if (verify.isSuccess && verify.data === null) {
    return (
      <Frame title="Your address is verified">
        <div role="status">
          <Note title="Thank you. Letters about your account go there." />
        </div>
        <ButtonLink href="/" variant="primary" className="self-start">
          To the studio
        </ButtonLink>
      </Frame>
    );
  }
  if (needsPassword && token) {
    return (
      <Frame title="One step left" lead="Your address is right. Choose the password of your account.">
        <form
          ref={form}
          method="post"
          noValidate
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (!verify.isPending) {
              mutate({ token, ...texts(event.currentTarget, "password") });
            }
          }}
        >
          {other && <ErrorPanel error={other} what="No account was made" />}
          <PasswordField
            label="Password"
            name="password"
            autoComplete="new-password"
            hint={`${PASSWORD_RULES} It may be the one you gave before.`}
            error={at("/password")}
          />
          <Button type="submit" variant="primary" busy={verify.isPending || verify.isSuccess}>
            Make my account
          </Button>
        </form>
      </Frame>
    );
  }
  if (error?.status === 401 && token) {
    return (
      <Frame
        title="Sign in to verify your address"
        lead={
          user
            ? "You are signed in to another account than the one whose address this is. Sign in to that one."
            : "Only the owner of an account can have its address verified."
        }
      >
        <SignInHere onSignedIn={() => mutate({ token })} />
      </Frame>
    );
  }
  return (
    <Frame title="Your address">
      {error ? (
        <ErrorPanel
          error={error}
          what="Your address could not be verified"
          onRetry={() => token && mutate({ token })}
        />
      ) : (
        <p className="flex items-center gap-3" role="status">
          <Spinner /> Looking at your link
        </p>
      )}
    </Frame>
  );
}
