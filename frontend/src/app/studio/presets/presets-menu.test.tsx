import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ToastProvider } from "@/ui/toast";
import { type Brief, sample } from "../brief/brief";
import { MOST, readPresets, savePreset } from "./presets";
import PresetsMenu from "./presets-menu";

const brief: Brief = { ...sample(2), topic: "Mine", audience: "Cooks" };
let now: Brief;
const sent = vi.fn();

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= function open(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
});

function Form({ user }: { user: string }) {
  const [held, setHeld] = useState(brief);
  now = held;
  return (
    <ToastProvider>
      <form onSubmit={sent}>
        <PresetsMenu userId={user} brief={held} onPick={(part) => setHeld({ ...held, ...part })} />
      </form>
    </ToastProvider>
  );
}
const open = () => fireEvent.click(screen.getByRole("button", { name: "Presets" }));
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const choose = (role: "menuitem" | "menuitemradio", name: string) => fireEvent.click(screen.getByRole(role, { name }));
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe("the presets", () => {
  it("begin with saving one, by Enter, from a field that has the focus", async () => {
    render(<Form user="ada" />);
    open();
    expect(screen.queryByRole("menuitem", { name: "Rename or delete" })).toBeNull();
    choose("menuitem", "Save these settings");
    expect(document.activeElement).toBe(screen.getByLabelText(/^Name/));
    press("Save");
    expect(screen.getByText("Give it a name.")).toBeTruthy();
    type(/^Name/, "Students");
    const form = screen.getByLabelText(/^Name/).closest("form");
    expect(form?.parentElement?.closest("form")).toBeNull(); // browsers would send a form within a form by themselves
    fireEvent.submit(screen.getByLabelText(/^Name/));
    expect(await screen.findByText("Saved as Students")).toBeTruthy();
    expect(sent).not.toHaveBeenCalled(); // the brief is a form as well, and was not meant
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Presets" }));
    open();
    expect(screen.getByRole("menuitemradio", { name: "Students" }).getAttribute("aria-checked")).toBe("true");
  });

  it("fill in all but the topic when one is picked, and that can be undone", async () => {
    savePreset("ada", "Casual", { ...sample(1), brandVoice: "We." });
    render(<Form user="ada" />);
    open();
    choose("menuitemradio", "Casual");
    expect(now).toEqual({ ...sample(1), topic: "Mine", brandVoice: "We." });
    press("Undo");
    expect(now).toEqual(brief);
  });

  it("say it before one is replaced", () => {
    savePreset("ada", "Casual", sample(1));
    render(<Form user="ada" />);
    open();
    choose("menuitem", "Save these settings");
    type(/^Name/, "casual");
    expect(screen.getByText("There is a preset Casual: it is replaced.")).toBeTruthy();
    press("Replace it");
    expect(readPresets("ada")).toHaveLength(1);
    expect(readPresets("ada")[0]?.audience).toBe("Cooks");
  });

  it("say it when there are too many", () => {
    for (let at = 0; at < MOST; at++) {
      savePreset("ada", `No. ${at}`, brief);
    }
    render(<Form user="ada" />);
    open();
    choose("menuitem", "Save these settings");
    type(/^Name/, "One more");
    press("Save");
    expect(screen.getByText(/There are 20 presets, which is the most/)).toBeTruthy();
    expect(screen.getByLabelText(/^Name/).getAttribute("aria-invalid")).toBe("true");
  });

  it("are renamed and deleted by the keyboard, with the focus never lost", async () => {
    savePreset("ada", "Casual", sample(1));
    savePreset("ada", "Students", sample(2));
    render(<Form user="ada" />);
    open();
    choose("menuitem", "Rename or delete");
    press("Rename Casual");
    const field = screen.getByLabelText(/^New name of Casual/);
    expect(document.activeElement).toBe(field);
    expect(fireEvent.keyDown(field, { key: "Escape" })).toBe(false); // the dialog stays
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Rename Casual" })));
    press("Rename Casual");
    type(/^New name of Casual/, "students");
    press("Save");
    expect(screen.getByText("Another preset has that name.")).toBeTruthy();
    type(/^New name of Casual/, "Breezy");
    press("Save");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Rename Breezy" })));
    press("Delete Breezy");
    expect(screen.getByText("Breezy is deleted")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Undo" }));
    press("Undo");
    const rows = within(screen.getByRole("list", { name: "Presets" })).getAllByRole("listitem");
    expect(rows.map((row) => row.querySelector("p")?.textContent)).toEqual(["Breezy", "Students"]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Rename Breezy" })));
  });

  it("are not shown to another account", () => {
    savePreset("ada", "Casual", sample(1));
    render(<Form user="bob" />);
    open();
    expect(screen.queryByRole("menuitemradio")).toBeNull();
  });
});
