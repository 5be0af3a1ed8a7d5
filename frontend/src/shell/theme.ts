export type Theme = "light" | "dark" | "system";

export const THEME_KEY = "theme";

/**
 * Runs before the first paint, so that no page flashes in the wrong colours. It must not change from page to page: the static build
 * allows it by its hash. It also marks pages whose address names a job, which are not to flash the brief.
 */
export const THEME_SCRIPT = `(function(){var d=document.documentElement,q=matchMedia("(prefers-color-scheme: dark)");
function set(){var t;try{t=localStorage.getItem("${THEME_KEY}")}catch(e){}d.dataset.theme=t==="dark"||t==="light"?t:q.matches?"dark":"light"}
set();q.addEventListener("change",set);addEventListener("storage",set);addEventListener("themechange",set);
if(/[?&]job=./.test(location.search))d.toggleAttribute("data-job",true)})()`;

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    if (theme === "system") {
      localStorage.removeItem(THEME_KEY);
    } else {
      localStorage.setItem(THEME_KEY, theme);
    }
  } catch {
    // private windows may keep nothing: the choice then lasts as long as the page
    document.documentElement.dataset.theme = theme === "system" ? "light" : theme;
    return;
  }
  dispatchEvent(new Event("themechange"));
}
