"use client";
import { useQueryClient } from "@tanstack/react-query";
import { api, ok } from "@/lib/api/client";
import type { components } from "@/lib/api/schema";
import { focusOnMount } from "@/lib/focus-on-mount";
import { useFormErrors } from "@/lib/form-errors";
import { Button } from "@/ui/button";
import { Checkbox, Field, Input, Select } from "@/ui/field";
import { KEYS_KEY } from "./keys";
import { ProofError, useProven } from "./proof";

type Wanted = Omit<components["schemas"]["ApiKeyRequest"], "password">;

type ApiKeyFormProps = { onMade: (key: { name: string; key: string }) => void; onClose: () => void };

export function ApiKeyForm({ onMade, onClose }: ApiKeyFormProps) {
  const queries = useQueryClient();
  const create = useProven(
    (wanted: Wanted, password?: string) =>
      ok(api.POST("/v1/api-keys", { body: { ...wanted, ...(password === undefined ? {} : { password }) } })),
    (key) => {
      void queries.invalidateQueries({ queryKey: KEYS_KEY });
      onMade(key);
    },
  );
  const { at, other, form } = useFormErrors(create.error, ["/name", "/scopes", "/expires_in_days"]);
  return (
    <>
      <form
        ref={form}
        method="post"
        noValidate
        className="flex max-w-md flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.busy) {
            create.run(wantedBy(new FormData(event.currentTarget)));
          }
        }}
      >
        {other && <ProofError error={other} what="No key was made" />}
        <Field label="Name" hint="So that you know it again, such as the program's" error={at("/name")} required>
          {(wiring) => <Input {...wiring} ref={focusOnMount} name="name" maxLength={100} autoComplete="off" />}
        </Field>
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 text-sm font-semibold">What it may do</legend>
          <Checkbox
            name="scopes"
            value="content:read"
            defaultChecked
            label="Read"
            hint="Pieces, and how they come along"
          />
          <Checkbox name="scopes" value="content:write" label="Write" hint="New pieces; they count against your plan" />
          {at("/scopes") && <p className="text-sm font-medium text-danger">{at("/scopes")}</p>}
        </fieldset>
        <Field label="How long it is good" error={at("/expires_in_days")}>
          {(wiring) => (
            <Select {...wiring} name="expires_in_days" defaultValue="90">
              <option value="30">30 days</option>
              <option value="90">90 days</option>
              <option value="365">A year</option>
              <option value="">Until it is revoked</option>
            </Select>
          )}
        </Field>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="primary" busy={create.busy}>
            Make the key
          </Button>
          <Button onClick={onClose}>Not now</Button>
        </div>
      </form>
      {create.dialog}
    </>
  );
}

function wantedBy(data: FormData): Wanted {
  const days = String(data.get("expires_in_days") ?? "");
  return {
    name: String(data.get("name") ?? ""),
    scopes: data.getAll("scopes") as Wanted["scopes"],
    ...(days ? { expires_in_days: Number(days) } : {}),
  };
}
