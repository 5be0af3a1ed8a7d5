import { isStatic } from "@/lib/env";

/**
 * Has Next forget the pages that it keeps in memory, with what was read for whoever was here before. The static build's pages hold nothing
 * of anybody, and have no server that could make them anew.
 */
export function forgetPages(router: { refresh: () => void }): void {
  if (!isStatic) {
    router.refresh();
  }
}
