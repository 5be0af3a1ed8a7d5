"use client";
import { useSyncExternalStore } from "react";

/**
 * Whether this part of the page has come to life in the browser. While it does, it must first look as the page was made, whatever this
 * browser knows by then; a part that is made here, by a click, is alive from its start.
 */
export function useAlive(): boolean {
  return useSyncExternalStore(nothingChanges, inBrowser, onServer);
}

const nothingChanges = () => () => {};
const inBrowser = () => true;
const onServer = () => false;
