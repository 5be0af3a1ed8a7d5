"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, ok } from "@/lib/api/client";
import { deletes } from "@/lib/held-deletes";
import { useLeave } from "@/lib/session/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ErrorPanel } from "@/ui/error-panel";
import { useToast } from "@/ui/toast";

/** Guests have no password to ask for, and nothing that would have to wait. */
export function DeleteGuest() {
  const [open, setOpen] = useState(false);
  const leave = useLeave();
  const router = useRouter();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: async () => {
      await deletes.flushNow();
      return ok(api.DELETE("/v1/account", { body: { at_once: true } }));
    },
    onSuccess: () => {
      router.push("/");
      leave();
      toast({ text: "All that you have written as a guest is gone." });
    },
  });
  const close = () => !remove.isPending && setOpen(false);
  return (
    <>
      <p className="text-soft">
        Your pieces and whatever else is kept of your visit, at once. Nobody can undo it. If you do nothing, it is
        deleted by itself after some days.
      </p>
      <Button
        variant="danger"
        className="self-start"
        onClick={() => {
          remove.reset();
          setOpen(true);
        }}
      >
        Delete everything
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title="Delete everything?"
        description="All that you have written as a guest goes at once. It cannot be undone."
        footer={
          <>
            <Button onClick={close}>Keep it</Button>
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              Delete everything
            </Button>
          </>
        }
      >
        {remove.error && <ErrorPanel error={remove.error} what="Your pieces are still there" />}
      </Dialog>
    </>
  );
}
