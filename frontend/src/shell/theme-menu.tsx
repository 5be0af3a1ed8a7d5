"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Menu, MenuItem } from "@/ui/menu";
import { chooseTheme, storedTheme, type Theme } from "./theme";

const ICONS = { light: Sun, dark: Moon, system: Monitor };
const NAMES: Record<Theme, string> = { light: "Light", dark: "Dark", system: "As the system" };

function onChange(call: () => void): () => void {
  addEventListener("themechange", call);
  addEventListener("storage", call);
  return () => {
    removeEventListener("themechange", call);
    removeEventListener("storage", call);
  };
}

export function ThemeMenu() {
  const theme = useSyncExternalStore(onChange, storedTheme, () => "system" as const);
  const Icon = ICONS[theme];
  return (
    <Menu
      label={`Colours: ${NAMES[theme]}`}
      button={<Icon size={19} aria-hidden="true" />}
      buttonClassName="inline-flex size-10 items-center justify-center rounded-lg hover:bg-sunken"
    >
      {(["light", "dark", "system"] as const).map((each) => {
        const Each = ICONS[each];
        return (
          <MenuItem
            key={each}
            checked={each === theme}
            icon={<Each size={18} aria-hidden="true" />}
            onSelect={() => chooseTheme(each)}
          >
            {NAMES[each]}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
