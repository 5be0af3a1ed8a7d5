import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ForgotPassword } from "@/app/(auth)/forgot-password/forgot-password";
import { setCsrfToken } from "@/lib/api/csrf";
import type { Me } from "@/lib/api/types";
import { ApiKeys } from "./api-keys";
import { Password } from "./password";
import { Sessions } from "./sessions";

const ada = { id: "u", email: "ada@example.com", guest: false, has_password: true } as Me;
let answers: Record<string, () => Response>;
const session = (id: string, current: boolean) => ({
  id,
  current,
  device: `Device ${id}`,
  created_at: "2026-11-01T10:00:00Z",
});

beforeEach(() => {
  setCsrfToken("t", { id: "u", guest: false });
  answers = {
    "GET /v1/auth/identities": () => Response.json({ data: [] }),
    "GET /v1/api-keys": () => Response.json({ data: [] }),
    "GET /v1/tiers": () => Response.json({ data: [{ id: "pro", name: "Pro", api_keys: true }] }),
  };
  vi.stubGlobal("fetch", async (input: Request) => {
    const call = `${input.method} ${new URL(input.url).pathname}`;
    return answers[call]?.() ?? new Response(null, { status: 204 });
  });
});
afterEach(() => vi.unstubAllGlobals());

const show = (what: ReactNode) => render(<QueryClientProvider client={new QueryClient()}>{what}</QueryClientProvider>);
const focused = () => document.activeElement;
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

describe("the focus", () => {
  it("goes into the form of the password, and back to what opened it", () => {
    show(<Password user={ada} />);
    expect(focused()).toBe(document.body);
    press("Change the password");
    expect(focused()).toBe(screen.getByLabelText(/^Current password/, { selector: "input" }));
    press("Leave it as it is");
    expect(focused()).toBe(screen.getByRole("button", { name: "Change the password" }));
  });

  it("goes into the form of a key, to the key that was made, and back to what opened it", async () => {
    answers["POST /v1/api-keys"] = () => Response.json({ id: "k", name: "CI", key: "secret" }, { status: 201 });
    show(<ApiKeys tier="pro" />);
    await screen.findByRole("button", { name: "Make a key" });
    press("Make a key");
    expect(focused()).toBe(screen.getByLabelText(/^Name/));
    press("Not now");
    expect(focused()).toBe(screen.getByRole("button", { name: "Make a key" }));
    press("Make a key");
    press("Make the key");
    const made = await screen.findByRole("region", { name: "The new key CI" });
    expect(focused()).toBe(made);
    press("I have it");
    expect(focused()).toBe(screen.getByRole("button", { name: "Make a key" }));
  });

  it("stays on the list of sessions when the button goes with its row, whose name begins as it reads", async () => {
    let sessions = [session("1", true), session("2", false)];
    answers["GET /v1/auth/sessions"] = () => Response.json({ data: sessions });
    show(<Sessions />);
    const button = await screen.findByRole("button", { name: /^End it\b.* on .* since/ });
    expect(focused()).toBe(document.body);
    button.focus();
    sessions = sessions.slice(0, 1);
    fireEvent.click(button);
    await waitFor(() => expect(focused()).toBe(screen.getByRole("list", { name: "Sessions" })));
  });

  it("goes to the heading of what takes the place of a form, and to the first field when the form is back", async () => {
    show(<ForgotPassword />);
    press("Send the letter");
    const heading = await screen.findByRole("heading", { name: "Look at your mail" });
    expect(focused()).toBe(heading);
    press("Try another address");
    await waitFor(() => expect(focused()).toBe(screen.getByLabelText(/^E-mail address/)));
  });
});
