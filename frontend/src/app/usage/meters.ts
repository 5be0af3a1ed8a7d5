import type { Format, Usage } from "@/lib/api/types";
import { FORMATS } from "@/lib/api/types";
import { count, FORMAT_NAMES, names, plural, type Reader } from "@/lib/format";

export type MeterView = { format: Format; name: string; text: string; value: number; max: number | null };

/** What a meter says. Pieces that are being written are promised already: they count as much as those that are done. */
export function meterOf(format: Format, usage: Usage, reader: Pick<Reader, "numbers">): MeterView {
  const { used, reserved, limit, remaining } = usage.formats[format];
  const name = FORMAT_NAMES[format];
  const writing = reserved > 0 ? `, ${count(reserved, reader)} being written` : "";
  if (limit === null) {
    return { format, name, text: `${count(used, reader)} used${writing}, no limit`, value: 0, max: null };
  }
  const left = remaining ?? Math.max(0, limit - used - reserved);
  const text = `${count(used, reader)} of ${count(limit, reader)} used${writing}, ${count(left, reader)} left`;
  return { format, name, text, value: used + reserved, max: limit };
}

export type Pressure = { level: "none" } | { level: "near" | "full"; formats: Format[]; text: string };

/** Whether it is time to speak of a larger plan: at 80 % of a limit, and when nothing is left. */
export function pressureOf(usage: Usage): Pressure {
  const limited = FORMATS.filter((format) => usage.formats[format].limit !== null);
  const part = (format: Format) => {
    const { used, reserved, limit } = usage.formats[format];
    return limit ? (used + reserved) / limit : 1;
  };
  const full = limited.filter((format) => part(format) >= 1);
  if (full.length > 0) {
    return { level: "full", formats: full, text: `You have no ${names(full)} left for now.` };
  }
  const near = limited.filter((format) => part(format) >= 0.8);
  return near.length > 0
    ? { level: "near", formats: near, text: `Most of your ${names(near)} are used.` }
    : { level: "none" };
}

export function jobsText({ active_jobs, active_jobs_limit }: Usage): string {
  return `${active_jobs} of at most ${active_jobs_limit} ${plural(active_jobs_limit, "brief")} at once`;
}
