"use client";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type ApiError, asApiError } from "@/lib/api/error";
import { formErrors } from "@/lib/form-errors";
import { Button, ButtonLink } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ErrorPanel } from "@/ui/error-panel";
import { PasswordField } from "@/ui/password";

/** The service wants the password, as the last sign-in was some time ago. */
export function needsPassword(error: unknown): boolean {
  return (
    error !== null && asApiError(error).errors.some((each) => each.pointer === "/password" && each.code === "missing")
  );
}

/** The service wants a fresh sign-in, as there is no password that could be asked for. */
export function needsFreshSignIn(error: ApiError, sentNoPassword: boolean): boolean {
  return error.status === 403 && error.code === "FORBIDDEN" && sentNoPassword;
}

type Wish<T> = { what: T; password?: string };

/**
 * Something that needs a proof that it is you. It is tried without one, as a sign-in of the last minutes will do; if the service wants
 * the password, a dialog asks for it, and it is tried once more.
 */
export function useProven<T, R>(
  act: (what: T, password?: string) => Promise<R>,
  onSuccess: (result: R, what: T) => void,
) {
  const [asked, setAsked] = useState<T | null>(null);
  const run = useMutation({
    mutationFn: ({ what, password }: Wish<T>) => act(what, password),
    onSuccess: (result, { what }) => {
      setAsked(null);
      onSuccess(result, what);
    },
    onError: (error, { what }) => {
      if (needsPassword(error)) {
        setAsked(() => what);
      }
    },
  });
  const inDialog = asked !== null;
  const dialog: ReactNode = inDialog && (
    <ProofDialog
      error={run.variables?.password === undefined ? null : run.error}
      busy={run.isPending}
      onClose={() => {
        setAsked(null);
        run.reset();
      }}
      onPassword={(password) => run.mutate({ what: asked, password })}
    />
  );
  return {
    run: (what: T) => run.mutate({ what }),
    reset: run.reset,
    busy: run.isPending && !inDialog,
    /** What is to be shown outside of the dialog */
    error: inDialog || !run.error ? null : asApiError(run.error),
    dialog,
  };
}

type ProofDialogProps = { error: unknown; busy: boolean; onClose: () => void; onPassword: (password: string) => void };

function ProofDialog({ error, busy, onClose, onPassword }: ProofDialogProps) {
  const { at, other } = formErrors(error, ["/password"]);
  return (
    <Dialog open onClose={onClose} title="Is it you?" description="You signed in some time ago. Your password, please.">
      <form
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) {
            onPassword(String(new FormData(event.currentTarget).get("proof") ?? ""));
          }
        }}
      >
        <PasswordField
          label="Password"
          name="proof"
          autoComplete="current-password"
          error={at("/password") ?? (other?.status === 403 ? other.detail : undefined)}
        />
        {other && other.status !== 403 && <ErrorPanel error={other} what="That did not work" />}
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Go on
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What failed, with the way to a fresh sign-in where there is no password to ask for. */
export function ProofError({ error, what }: { error: ApiError; what: string }) {
  return (
    <ErrorPanel
      error={error}
      what={what}
      action={
        needsFreshSignIn(error, true) && (
          <ButtonLink size="sm" href="/sign-in?return_to=%2Faccount">
            Sign in once more
          </ButtonLink>
        )
      }
    />
  );
}
