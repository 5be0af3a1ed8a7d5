import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setCsrfToken } from "@/lib/api/csrf";
import type { Me } from "@/lib/api/types";
import { DeleteAccount } from "./delete-account";
import { Password } from "./password";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: () => undefined, refresh: () => undefined }) }));

const ada = { id: "u", name: "Ada", email: "ada@example.com", guest: false, has_password: true } as Me;
const byProvider = { ...ada, has_password: false };

let sent: Record<string, unknown>[];
let answer: () => Response;

beforeEach(() => {
  sent = [];
  answer = () => new Response(null, { status: 204 });
  setCsrfToken("t", ada);
  HTMLDialogElement.prototype.showModal ??= function open(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
  vi.stubGlobal("fetch", async (input: Request | string) => {
    if (typeof input === "string") {
      return Response.json({ ...ada, csrf_token: "t" }); // asked for who it is, after a 403
    }
    sent.push(await input.clone().json());
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

const wrapped = (user: Me) => (
  <QueryClientProvider client={new QueryClient()}>
    <Password user={user} />
    <DeleteAccount user={user} />
  </QueryClientProvider>
);
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const field = (label: RegExp) => screen.getByLabelText(label, { selector: "input" });

describe("an account with a password", () => {
  it("gives it for a new one, and to be deleted", async () => {
    render(wrapped(ada));
    press("Change the password");
    fireEvent.change(field(/^Current password/), { target: { value: "the old one" } });
    fireEvent.change(field(/^New password/), { target: { value: "the new one" } });
    press("Save the password");
    await waitFor(() => expect(sent).toEqual([{ current_password: "the old one", new_password: "the new one" }]));
    press("Delete my account");
    expect(field(/^Password/)).toBeTruthy();
  });
});

describe("an account without a password", () => {
  it("is asked for the first one only", async () => {
    render(wrapped(byProvider));
    expect(screen.queryByRole("button", { name: /^Change the password/ })).toBeNull();
    press("Set a password");
    expect(screen.queryByLabelText(/^Current password/)).toBeNull();
    expect(document.activeElement).toBe(field(/^New password/));
    fireEvent.change(field(/^New password/), { target: { value: "the first one" } });
    press("Save the password");
    await waitFor(() => expect(sent).toEqual([{ new_password: "the first one" }]));
  });

  it("is shown the ways there are when the service wants a proof", async () => {
    answer = () => Response.json({ code: "FORBIDDEN", detail: "Sign in again first." }, { status: 403 });
    render(wrapped(byProvider));
    press("Set a password");
    fireEvent.change(field(/^New password/), { target: { value: "the first one" } });
    press("Save the password");
    expect((await screen.findByRole("link", { name: "Set it by a letter instead" })).getAttribute("href")).toMatch(
      /^\/forgot-password/,
    );
    expect(screen.getByRole("link", { name: "Sign in once more" })).toBeTruthy();
  });

  it("needs none to be deleted", () => {
    render(wrapped(byProvider));
    press("Delete my account");
    expect(screen.getByRole("textbox", { name: /^Type/ })).toBeTruthy();
    expect(screen.queryByLabelText(/^Password/)).toBeNull();
  });

  it("is offered none where it has no address to sign in with", () => {
    render(wrapped({ ...byProvider, email: null }));
    expect(screen.queryByRole("button", { name: "Set a password" })).toBeNull();
  });
});
