"use client";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import { cx } from "./cx";

export type Tab = {
  id: string;
  label: ReactNode;
  /** The panel */
  content: ReactNode;
};

type TabsProps = {
  label: string;
  tabs: readonly Tab[];
  selected: string;
  onSelect: (id: string) => void;
  className?: string;
};

/** Tabs as the ARIA practices have them: arrows move and select. Panels that are not seen stay mounted, so nothing in them is lost. */
export function Tabs({ label, tabs, selected, onSelect, className }: TabsProps) {
  const base = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === selected);
    const step = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const next = step === undefined ? undefined : tabs[step % tabs.length];
    if (next) {
      event.preventDefault();
      onSelect(next.id);
      document.getElementById(`${base}-tab-${next.id}`)?.focus();
    }
  };
  return (
    <div className={className}>
      <div
        role="tablist"
        aria-label={label}
        tabIndex={-1}
        className="no-print relative -mb-px flex gap-1 overflow-x-auto border-b border-line px-1 pt-1"
        onKeyDown={onKeyDown}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${base}-tab-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={tab.id === selected}
            aria-controls={`${base}-panel-${tab.id}`}
            tabIndex={tab.id === selected ? 0 : -1}
            className={cx(
              "-mb-px flex min-h-11 items-center gap-2 whitespace-nowrap border-b-2 px-3 font-semibold",
              tab.id === selected ? "border-accent text-ink" : "border-transparent text-soft hover:text-ink",
            )}
            onClick={() => onSelect(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          id={`${base}-panel-${tab.id}`}
          role="tabpanel"
          aria-labelledby={`${base}-tab-${tab.id}`}
          hidden={tab.id !== selected}
        >
          {tab.content}
        </div>
      ))}
    </div>
  );
}
