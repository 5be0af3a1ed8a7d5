"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "@/lib/api/client";
import type { Me } from "@/lib/api/types";
import { formErrors } from "@/lib/form-errors";
import { date, useReader } from "@/lib/format";
import { deletes } from "@/lib/held-deletes";
import { forgetAccount } from "@/lib/kept";
import { useLeave } from "@/lib/session/session";
import { Button, ButtonLink } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Checkbox, Field, Input } from "@/ui/field";
import { PasswordField } from "@/ui/password";
import { ProofError } from "./proof";

const WORDS = "delete my account";

export function DeleteAccount({ user }: { user: Me }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [untyped, setUntyped] = useState(false);
  const [gone, setGone] = useState<{ eraseAt: string; atOnce: boolean } | null>(null);
  const leave = useLeave();
  const reader = useReader();
  const remove = useMutation({
    mutationFn: async (body: { password?: string; at_once: boolean }) => {
      await deletes.flushNow();
      return ok(api.DELETE("/v1/account", { body }));
    },
    onSuccess: ({ erase_at }, { at_once }) => {
      forgetAccount(user.id);
      setGone({ eraseAt: erase_at, atOnce: at_once });
    },
  });
  const { at, other } = formErrors(remove.error, user.has_password ? ["/password"] : []);
  const close = () => {
    if (!remove.isPending) {
      setOpen(false);
      setTyped("");
      remove.reset();
    }
  };
  if (gone) {
    return (
      <Dialog
        open
        onClose={leave}
        title="Your account is deleted"
        description={
          gone.atOnce
            ? "All of its data is gone."
            : `Nobody gets in any more. Its data is erased by ${date(gone.eraseAt, reader)}.`
        }
        footer={
          <ButtonLink href="/" variant="primary" onClick={leave}>
            To the studio
          </ButtonLink>
        }
      />
    );
  }
  return (
    <>
      <ul className="flex list-disc flex-col gap-1.5 ps-5 text-soft">
        <li>All sessions, API keys and other sign-ins end at once, and what is being written stops.</li>
        <li>A plan that you pay for is ended with it, and is not charged again.</li>
        <li>Your pieces and all other data are erased after some time, or at once if you say so.</li>
        <li>Nobody can undo it, not even whoever runs this service. Download your data first.</li>
      </ul>
      <Button variant="danger" className="self-start" onClick={() => setOpen(true)}>
        Delete my account
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title="Delete your account?"
        description={`The account of ${user.email ?? user.name}, with all of its pieces. This cannot be undone.`}
      >
        <form
          method="post"
          noValidate
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            const right = typed.trim().toLowerCase() === WORDS;
            setUntyped(!right);
            if (right && !remove.isPending) {
              const data = new FormData(event.currentTarget);
              const password = String(data.get("leaving_password") ?? "");
              remove.mutate({ at_once: data.has("at_once"), ...(password ? { password } : {}) });
            }
          }}
        >
          <Field
            label={
              <>
                Type <em>{WORDS}</em>
              </>
            }
            error={untyped ? `Type exactly: ${WORDS}` : undefined}
            required
          >
            {(wiring) => (
              <Input
                {...wiring}
                value={typed}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setUntyped(false);
                }}
              />
            )}
          </Field>
          {user.has_password && (
            <PasswordField
              label="Password"
              name="leaving_password"
              autoComplete="current-password"
              error={
                at("/password") ?? (other?.status === 403 && remove.variables?.password ? other.detail : undefined)
              }
            />
          )}
          <Checkbox name="at_once" label="Erase everything at once" hint="Otherwise it is erased after some time." />
          {other && !(other.status === 403 && remove.variables?.password) && (
            <ProofError error={other} what="Your account is still there" />
          )}
          <div className="flex flex-wrap justify-end gap-3">
            <Button onClick={close}>Keep my account</Button>
            <Button type="submit" variant="danger" busy={remove.isPending}>
              Delete it
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
