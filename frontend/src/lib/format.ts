"use client";
import { useMemo, useSyncExternalStore } from "react";
import type { Format } from "./api/types";

/** Where the reader is. The page speaks English, so words of dates do too; figures and money are written as the reader does. */
export type Reader = { dates: string; numbers: string; timeZone: string };

const ON_SERVER: Reader = { dates: "en-GB", numbers: "en", timeZone: "UTC" };
const never = () => () => undefined;

/** Drawn first as the server does it, then as the reader is used to: what the server wrote must be the same as the first drawing. */
export function useReader(): Reader {
  const key = useSyncExternalStore(never, browserReader, () => "");
  return useMemo(() => {
    const [dates, numbers, timeZone] = key.split("|");
    return dates && numbers && timeZone ? { dates, numbers, timeZone } : ON_SERVER;
  }, [key]);
}

function browserReader(): string {
  const dates = navigator.languages?.find((each) => /^en\b/i.test(each)) ?? "en-GB";
  return [dates, navigator.language || "en", Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC"].join("|");
}

/** "19 November 2026" */
export function date(time: string, { dates, timeZone }: Reader): string {
  return new Intl.DateTimeFormat(dates, { dateStyle: "long", timeZone }).format(new Date(time));
}

/** "19 Nov 2026, 14:05" */
export function dateTime(time: string, { dates, timeZone }: Reader): string {
  return new Intl.DateTimeFormat(dates, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(time));
}

/** "1 December 2026, 00:00 GMT": to the minute, and by whose clock. */
export function exactly(time: string, { dates, timeZone }: Reader): string {
  return new Intl.DateTimeFormat(dates, {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(time));
}

export function count(number: number, { numbers }: Pick<Reader, "numbers">): string {
  return new Intl.NumberFormat(numbers).format(number);
}

/** Minor units, such as cents, of which each currency has as many as it has: "$9.99", "¥500". Whole amounts go without zeros. */
export function money(minor: number, currency: string, { numbers }: Pick<Reader, "numbers">): string {
  try {
    const format = new Intl.NumberFormat(numbers, {
      style: "currency",
      currency,
      trailingZeroDisplay: "stripIfInteger",
    });
    return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return `${minor / 100} ${currency}`; // a currency that this browser has never heard of
  }
}

/** How much less a year costs than twelve months, in whole percent; 0 if it does not. */
export function saving(price: { monthly: number; yearly: number }): number {
  const twelve = price.monthly * 12;
  return twelve > 0 ? Math.max(0, Math.floor(((twelve - price.yearly) * 100) / twelve)) : 0;
}

export function plural(number: number, one: string, many = `${one}s`): string {
  return number === 1 ? one : many;
}

/** "a", "a and b", "a, b and c" */
export function inWords(things: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { type: "conjunction" }).format(things);
}

export const FORMAT_NAMES = { blog: "Blog post", social: "Social posts", audio: "Audio script", video: "Video script" };

const MANY: Record<Format, string> = {
  blog: "blog posts",
  social: "sets of social posts",
  audio: "audio scripts",
  video: "video scripts",
};

/** "blog posts and sets of social posts": the pieces of these formats, where they are counted. */
export function names(formats: readonly Format[]): string {
  return inWords(formats.map((format) => MANY[format]));
}
