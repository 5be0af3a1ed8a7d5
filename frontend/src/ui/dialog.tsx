"use client";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button, IconButton } from "./button";
import { cx } from "./cx";

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons at the foot, the main one last */
  footer?: ReactNode;
  wide?: boolean;
};

/** The platform's modal dialog: it keeps the focus, makes the rest inert, closes on Esc and gives the focus back. */
export function Dialog({ open, onClose, title, description, children, footer, wide }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog) {
      return;
    }
    const opener = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (opener instanceof HTMLElement && opener.isConnected) {
        opener.focus(); // the browser gives it back only while the dialog is still in the page
      }
    };
  }, [open]);
  if (!open) {
    return null;
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc does what a click beside the dialog does
    <dialog
      ref={ref}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      className={cx(
        "m-auto max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] overflow-y-auto rounded-2xl border border-line bg-surface p-0 text-ink shadow-card",
        "backdrop:bg-black/50",
        wide ? "max-w-3xl" : "max-w-lg",
      )}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="flex flex-col gap-4 p-5 sm:p-6">
        <div className="flex items-start justify-between gap-4">
          <h2 id={`${id}-title`} className="subtitle">
            {title}
          </h2>
          <IconButton label="Close" className="-me-2 -mt-1.5" onClick={onClose}>
            <X size={20} aria-hidden="true" />
          </IconButton>
        </div>
        {description && (
          <div id={`${id}-description`} className="text-soft">
            {description}
          </div>
        )}
        {children}
        {footer && <div className="mt-2 flex flex-wrap justify-end gap-3">{footer}</div>}
      </div>
    </dialog>
  );
}

type ConfirmProps = {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  children: ReactNode;
  /** The verb: "Delete", never "OK" */
  confirm: string;
  danger?: boolean;
  busy?: boolean;
};

export function ConfirmDialog({ open, onClose, onConfirm, title, children, confirm, danger, busy }: ConfirmProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      description={children}
      footer={
        <>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    />
  );
}
