"use client";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { FORMAT_NAMES } from "@/lib/format";
import { Field, Input, Select } from "@/ui/field";
import { type Filter, filterOf } from "./jobs";
import { STATES } from "./states";

const PAUSE_MS = 300;

export function Filters({ filter, onChange }: { filter: Filter; onChange: (next: Filter) => void }) {
  const [text, setText] = useState(filter.q);
  const told = useRef(filter.q);
  const latest = useRef({ filter, onChange });
  latest.current = { filter, onChange };

  useEffect(() => {
    if (text === told.current) {
      return;
    }
    const timer = setTimeout(() => {
      told.current = text;
      latest.current.onChange({ ...latest.current.filter, q: text });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  // Cleared from outside, as by "Show all pieces"
  useEffect(() => {
    if (filter.q !== told.current) {
      told.current = filter.q;
      setText(filter.q);
    }
  }, [filter.q]);

  const choose = (name: "format" | "status", value: string) => {
    told.current = text;
    const chosen = filterOf(new URLSearchParams({ [name]: value }))[name];
    onChange({ ...filter, q: text, [name]: chosen });
  };
  return (
    <search>
      <form
        method="post"
        className="grid grid-cols-2 gap-4 sm:grid-cols-[1fr_11rem_11rem]"
        onSubmit={(event) => {
          event.preventDefault();
          told.current = text;
          onChange({ ...filter, q: text });
        }}
      >
        <Field label="Search" className="max-sm:col-span-2">
          {(wiring) => (
            <div className="relative">
              <Search size={18} aria-hidden="true" className="absolute start-3 top-3 text-soft" />
              <Input
                {...wiring}
                type="search"
                className="ps-10"
                placeholder="Words of title or topic"
                maxLength={200}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </div>
          )}
        </Field>
        <Field label="Format">
          {(wiring) => (
            <Select {...wiring} value={filter.format} onChange={(event) => choose("format", event.target.value)}>
              <option value="">All formats</option>
              {Object.entries(FORMAT_NAMES).map(([format, name]) => (
                <option key={format} value={format}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="State">
          {(wiring) => (
            <Select {...wiring} value={filter.status} onChange={(event) => choose("status", event.target.value)}>
              <option value="">All states</option>
              {Object.entries(STATES).map(([state, { text: name }]) => (
                <option key={state} value={state}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </form>
    </search>
  );
}
